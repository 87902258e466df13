//go:build race

package office

// memoryFactor is how many times more memory a program takes under the race detector.
const memoryFactor = 6
