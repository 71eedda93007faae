#!/usr/bin/env node
import { WrongSetting } from '../config.js';
import { OutcomeUnknown, StoreRefused, StoreUnavailable } from '../event-store/event-store.js';
import { forget } from './forget.cli.js';
import { migrate } from './migrate.cli.js';
import { programme } from './programme.cli.js';
import { restored } from './restored.cli.js';
import type { Terminal, Tool } from './tool.js';
import { WrongUse } from './tool.js';
import { verify } from './verify.cli.js';

const tools: readonly Tool[] = [forget, migrate, programme, restored, verify];

const overview = `baraza <tool> …\n\n${tools.map(({ name, summary }) => `  ${name.padEnd(12)}${summary}`).join('\n')}\n\nbaraza <tool> --help tells how one is used. npm start serves.\n`;

/** Runs the tool that the arguments name, and gives how the process ends: 2 for what was called wrongly. */
const main = async ([name, ...args]: readonly string[], terminal: Terminal): Promise<number> => {
  if (name === undefined || name === '--help' || name === 'help') {
    terminal.out.write(overview);
    return 0;
  }
  const tool = tools.find((each) => each.name === name);
  if (!tool) {
    terminal.err.write(`There is no tool ${name}.\n\n${overview}`);
    return 2;
  }
  if (args.includes('--help')) {
    terminal.out.write(tool.usage);
    return 0;
  }
  try {
    return await tool.run(args, terminal);
  } catch (error) {
    if (error instanceof WrongUse) terminal.err.write(`${error.message} See baraza ${tool.name} --help.\n`);
    else if (error instanceof WrongSetting || error instanceof StoreRefused || error instanceof StoreUnavailable || error instanceof OutcomeUnknown) terminal.err.write(`${error.message}\n`);
    else throw error;
    return error instanceof WrongUse ? 2 : 1;
  }
};

process.exitCode = await main(process.argv.slice(2), { in: process.stdin, out: process.stdout, err: process.stderr, environment: process.env });
