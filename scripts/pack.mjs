import { parseArgs } from 'node:util';
import { packProgram } from './packing.mjs';

const { values } = parseArgs({ options: { to: { type: 'string', default: '.' } } });
console.log(await packProgram(values.to));
