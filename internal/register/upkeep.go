package register

// The roles that a person holds by appointment. Which of them an order names, and with which duties, its procedure says
// (procedure.Role); coordinator and reader are roles of the installation.
const (
	RoleOfficer     = "officer"     // уполномоченное лицо, 2.2
	RoleDepartment  = "department"  // сотрудник отдела, 2.4
	RoleHead        = "head"        // руководитель или лицо, его замещающее
	RoleCoordinator = "coordinator" // смотрит за перечнями подведомственных органов
	RoleReader      = "reader"      // видит рабочие страницы своего органа
)

// A Task says what must be looked at again, why and by when: clause 4.1 at work. It is opened by what happened to the
// register and closed by what was done about it; both are entries of the log.
type Task struct {
	Key        string `json:"key"`
	Clause     string `json:"clause"`               // of the procedure: «4.1»
	Reason     string `json:"reason"`               // one sentence: «Процесс „…“ исключён из реестра процессов.»
	Kind       Kind   `json:"kind"`                 // what must be looked at
	Subject    string `json:"subject"`              // its key
	Process    string `json:"process,omitempty"`    // the process because of which, where there is one
	Department string `json:"department,omitempty"` // who answers; empty: the authorised officer
	Opened     Date   `json:"opened"`
	Days       int    `json:"days"` // deadline in working days
	Due        Date   `json:"due"`  // Opened + Days by the calendar in force; follows a corrected calendar while open
	Done       Date   `json:"done,omitempty"`
	Outcome    string `json:"outcome,omitempty"` // what closed it: «подтверждено», «изменено», «исключено»
}

// A Confirmation says that a department looked at a point and found everything right («Всё верно»). Who and when stand in
// the entry; a later confirmation of the same point amends it.
type Confirmation struct {
	Key        string `json:"key"` // of the Touchpoint
	Department string `json:"department,omitempty"`
	Date       Date   `json:"date"`
	N          int64  `json:"n,omitempty"` // the entry up to which the point was looked at
}

// A CalendarYear corrects or adds a year of the production calendar for one body: all of its days that are not plain
// (workday.Calendar says which plain days are working ones).
type CalendarYear struct {
	Key    string        `json:"key"`    // the year: "2026"
	Source string        `json:"source"` // the decree, verbatim
	Days   []CalendarDay `json:"days"`
}

// A CalendarDay is a day that is not what its day of the week says.
type CalendarDay struct {
	Date Date   `json:"date"`
	Kind string `json:"kind"`           // holiday, off, working, short
	Note string `json:"note,omitempty"` // «перенос с субботы 3 января»
}

// A Publication says where and when an edition was made public.
type Publication struct {
	Key     string `json:"key"`     // of the publication: edition number and a counter, "2-1"
	Edition int    `json:"edition"` // its number
	Date    Date   `json:"date"`
	Where   string `json:"where"` // «официальный сайт Комитета»
	Link    string `json:"link,omitempty"`
}

// A Document is a file that an edition was issued with, kept as it was.
type Document struct {
	Name   string `json:"name"`   // «otchet-1.docx»
	Format string `json:"format"` // docx, odt, xlsx, pdf
	SHA256 string `json:"sha256"` // hex, of the bytes
	Size   int64  `json:"size"`   // bytes
}
