package cli

import (
	"slices"
	"time"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"

	"github.com/spf13/cobra"
)

// taskStates are what --state takes.
var taskStates = []string{"open", "overdue", "closed", "all"}

// A taskFact is a task as tasks --json gives it.
type taskFact struct {
	register.Task
	Overdue bool   `json:"overdue,omitempty"`
	Left    *int   `json:"left_working_days,omitempty"` // negative when it is missed; absent when it is closed or cannot be counted
	Climbed string `json:"climbed,omitempty"`           // officer, head
}

func (a *app) cmdTasks() *cobra.Command {
	var state, department string
	c := &cobra.Command{
		Use:   "tasks",
		Short: "задачи актуализации: что посмотреть заново, почему и к какому сроку",
		Long: "Показывает открытые задачи, просроченные первыми. Задача открывается сама, когда включён или исключён процесс,\n" +
			"изменены вид точки или её потребности, и закрывается, когда точка изменена, подтверждена или исключена.",
		Example: "  perechen tasks\n  perechen tasks --state overdue --department kadry\n  perechen tasks close process-1a2b3c4d5e6f --reason \"точка нужна по приказу № 8\"",
		Args:    noSuchCommand,
		RunE: func(c *cobra.Command, _ []string) error {
			if !slices.Contains(taskStates, state) {
				return usagef("--state: «%s» непонятно; бывает open, overdue, closed, all", state)
			}
			w, done, err := a.watch(c)
			if err != nil {
				return err
			}
			defer done()
			facts := []taskFact{}
			for _, t := range w.Tasks {
				switch {
				case state == "open" && !t.Open(), state == "overdue" && !t.Overdue, state == "closed" && t.Open(), department != "" && t.Asks != department:
					continue
				}
				f := taskFact{Task: t.Task, Overdue: t.Overdue, Climbed: t.Climbed}
				if t.Known {
					f.Left = &t.Left
				}
				facts = append(facts, f)
			}
			if a.json {
				return a.printJSON(facts)
			}
			a.printTaskList(w.Register, facts)
			return nil
		},
	}
	c.Flags().StringVar(&state, "state", "open", "какие: open (открытые), overdue (просроченные), closed (закрытые), all (все)")
	c.Flags().StringVar(&department, "department", "", "ключ отдела, который отвечает")
	c.AddCommand(a.cmdTasksClose(), a.cmdTasksRemind())
	return c
}

// watch looks at the chosen body today; done releases the installation.
func (a *app) watch(c *cobra.Command) (*upkeep.Watch, func(), error) {
	ctx := c.Context()
	l, b, done, err := a.openBody(ctx)
	if err != nil {
		return nil, nil, err
	}
	w, err := upkeep.LookAt(ctx, l, b.Slug, 0, register.DateOf(time.Now()))
	if err != nil {
		done()
		return nil, nil, err
	}
	return w, done, nil
}

func (a *app) printTaskList(r *register.Register, facts []taskFact) {
	a.printf("%s\n%s\n", r.Organisation.Name, lang.Count(len(facts), "задача", "задачи", "задач"))
	departments := map[string]string{}
	for _, d := range r.Departments {
		departments[d.Key] = d.Title
	}
	for _, f := range facts {
		a.printf("\n%s  [%s]\n", taskSubject(r, f.Task), f.Key)
		a.printf("  %s Пункт %s.\n", f.Reason, f.Clause)
		who := departments[f.Department]
		if who == "" {
			who = "уполномоченное лицо"
		}
		a.printf("  отвечает: %s\n", who)
		due := lang.Date(string(f.Due))
		switch {
		case f.Done != "":
			a.printf("  закрыта %s: %s\n", lang.Date(string(f.Done)), f.Outcome)
		case f.Due == "":
			a.printf("  срок: %s; не вычислен, нет производственного календаря\n", lang.Count(f.Days, "рабочий день", "рабочих дня", "рабочих дней"))
		case f.Overdue && f.Left != nil:
			a.printf("  ПРОСРОЧЕНА: срок был %s, %s назад\n", due, lang.Count(-*f.Left, "рабочий день", "рабочих дня", "рабочих дней"))
		case f.Overdue:
			a.printf("  ПРОСРОЧЕНА: срок был %s\n", due)
		case f.Left != nil:
			a.printf("  срок: %s, осталось %s\n", due, lang.Count(*f.Left, "рабочий день", "рабочих дня", "рабочих дней"))
		default:
			a.printf("  срок: %s\n", due)
		}
	}
}

func taskSubject(r *register.Register, t register.Task) string {
	switch t.Kind {
	case register.KindTouchpoint:
		if x, ok := r.Touchpoint(t.Subject); ok {
			return x.Text()
		}
	case register.KindProcess:
		if x, ok := r.Process(t.Subject); ok {
			return x.Title
		}
	case register.KindProcedure:
		return "Порядок"
	}
	return t.Subject
}

func (a *app) cmdTasksClose() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use:     "close КЛЮЧ",
		Short:   "закрыть задачу с обоснованием, когда менять нечего",
		Example: "  perechen tasks close process-1a2b3c4d5e6f --reason \"точка нужна по приказу № 8\"",
		Args:    takes(1, 1, "ключ задачи"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := required(c, "reason"); err != nil {
				return err
			}
			d, b, done, err := a.openDesk(c.Context())
			if err != nil {
				return err
			}
			defer done()
			receipt, err := d.SettleTask(c.Context(), upkeep.Local, b.Slug, args[0], reason)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]any{"key": args[0], "entry": receipt.From})
			}
			a.printf("Задача закрыта, запись %d.\n", receipt.From)
			return nil
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "почему менять нечего")
	return c
}

// A reminderFact is a reminder as tasks remind --json gives it.
type reminderFact struct {
	Event      string        `json:"event"`
	Stage      string        `json:"stage"`
	Role       string        `json:"role"`
	Department string        `json:"department,omitempty"`
	Task       string        `json:"task,omitempty"`
	Points     int           `json:"points,omitempty"`
	Due        register.Date `json:"due,omitempty"`
	Text       string        `json:"text"`
}

func (a *app) cmdTasksRemind() *cobra.Command {
	return &cobra.Command{
		Use:   "remind",
		Short: "кому и о чём напомнить сегодня; в нерабочий день — никому",
		Args:  takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			w, done, err := a.watch(c)
			if err != nil {
				return err
			}
			defer done()
			facts := []reminderFact{}
			for _, r := range w.Reminders() {
				facts = append(facts, reminderFact(r))
			}
			if a.json {
				return a.printJSON(facts)
			}
			if len(facts) == 0 {
				a.printf("Сегодня напоминать не о чем.\n")
			}
			roles := map[string]string{register.RoleOfficer: "уполномоченному лицу", register.RoleHead: "руководителю", register.RoleDepartment: "отделу"}
			for _, f := range facts {
				to := roles[f.Role]
				if d := w.DepartmentTitle(f.Department); d != "" {
					to += " (" + d + ")"
				}
				a.printf("%s: %s\n", to, f.Text)
			}
			return nil
		},
	}
}
