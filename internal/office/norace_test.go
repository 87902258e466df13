//go:build !race

package office

const memoryFactor = 1
