import { pino } from 'pino';
import { startBaraza } from '../../dist/baraza.js';

// A node that is killed when it has begun the part of a programme that its arguments name: it says where it listens first.
const [, , folder, token, part] = process.argv;
const log = pino({ level: 'info' }, { write: (line) => void (JSON.parse(line).part === Number(part) && process.kill(process.pid, 'SIGKILL')) });
const { url } = await startBaraza({ host: '127.0.0.1', port: 0, data: folder, token }, { log });
process.stdout.write(url);
