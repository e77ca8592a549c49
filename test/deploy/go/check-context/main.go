// Reads paths from standard input, one on each line, and prints those that `docker build` would send with the .dockerignore given.
package main

import (
	"bufio"
	"fmt"
	"os"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		fail(err)
	}
	patterns, err := ignorefile.ReadAll(file)
	if err != nil {
		fail(err)
	}
	matcher, err := patternmatcher.New(patterns)
	if err != nil {
		fail(err)
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		ignored, err := matcher.MatchesOrParentMatches(lines.Text())
		if err != nil {
			fail(err)
		}
		if !ignored {
			fmt.Println(lines.Text())
		}
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
