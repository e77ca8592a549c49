// Parses a Dockerfile as BuildKit does and prints its stages as JSON; what BuildKit's linter says goes to standard error.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// An instruction with its name, and what BuildKit made of it.
type instruction struct {
	Name    string
	Command instructions.Command
}

type stage struct {
	Name         string
	BaseName     string
	Instructions []instruction
}

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		fail(err)
	}
	parsed, err := parser.Parse(file)
	if err != nil {
		fail(err)
	}
	warn := func(rule, _, _, message string, _ []parser.Range) {
		fmt.Fprintf(os.Stderr, "%s: %s\n", rule, message)
	}
	for _, warning := range parsed.Warnings {
		fmt.Fprintln(os.Stderr, warning.Short)
	}
	stages, _, err := instructions.Parse(parsed.AST, linter.New(&linter.Config{Warn: warn}))
	if err != nil {
		fail(err)
	}
	result := []stage{}
	for _, one := range stages {
		commands := []instruction{}
		for _, command := range one.Commands {
			commands = append(commands, instruction{command.Name(), command})
		}
		result = append(result, stage{one.Name, one.BaseName, commands})
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
