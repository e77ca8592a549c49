#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

// This file is there before the build, because npm links no command whose file is missing.
const MAIN = join(__dirname, '..', 'dist', 'main.js');
if (existsSync(MAIN)) {
  require(MAIN);
} else {
  console.error(
    'audit: the command is not built yet; run "npm run build" in the root of the repository',
  );
  process.exitCode = 3;
}
