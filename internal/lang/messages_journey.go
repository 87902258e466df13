package lang

// journeyMessages are the words of the client's ways.
var journeyMessages = map[string]message{
	"journey.state.as-is": {"как есть", "as is"},
	"journey.state.to-be": {"как должно быть", "to be"},
}
