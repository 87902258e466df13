package workday

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// zones are the time zones of Russia in hours from UTC, by federal law 107-ФЗ: no clock there has been moved for summer since
// 2014. They are known even on a machine that has no list of zones.
var zones = map[string]int{
	"Europe/Kaliningrad": 2, "Europe/Moscow": 3, "Europe/Samara": 4, "Asia/Yekaterinburg": 5, "Asia/Omsk": 6, "Asia/Krasnoyarsk": 7,
	"Asia/Irkutsk": 8, "Asia/Yakutsk": 9, "Asia/Vladivostok": 10, "Asia/Magadan": 11, "Asia/Kamchatka": 12,
}

// byMoscow is a zone as Russian law names it: «МСК», «МСК+7», «МСК-1».
var byMoscow = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:МСК|MSK)(?:([+-])(\d{1,2}))?$`) })

// Zone reads a time zone: a name of the IANA («Asia/Vladivostok») or hours from Moscow («МСК+7»). The error is a sentence in
// Russian.
func Zone(name string) (*time.Location, error) {
	name = strings.TrimSpace(name)
	if m := byMoscow().FindStringSubmatch(strings.ToUpper(strings.ReplaceAll(name, "−", "-"))); m != nil {
		hours, _ := strconv.Atoi(m[2])
		if m[1] == "-" {
			hours = -hours
		}
		if hours += zones["Europe/Moscow"]; hours < -12 || hours > 14 {
			return nil, sentence("«%s» — нет такого часового пояса: от МСК-15 до МСК+11.", name)
		}
		return time.FixedZone(name, hours*3600), nil
	}
	if hours, ok := zones[name]; ok {
		return time.FixedZone(name, hours*3600), nil
	}
	if loc, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
		return loc, nil
	}
	return nil, sentence("«%s» — не часовой пояс: нужно имя вида Europe/Moscow, Asia/Vladivostok или МСК+7.", name)
}
