import { spawn } from 'node:child_process';
import { constants } from 'node:os';

// Node 18 reads this file: no syntax, module or flag that is newer.

/**
 * Runs a program in our place: our terminal, our signals, its exit code.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{env?: NodeJS.ProcessEnv, cwd?: string}} [options]
 * @returns {Promise<number>} the exit code; for a signal what a shell would say
 */
export function runProgram(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', ...options });
    const pass = (signal) => child.kill(signal);
    // Ctrl-C reaches the program by itself; it decides when it is done, and we wait for it.
    const ignore = () => {};
    process.on('SIGINT', ignore);
    process.on('SIGTERM', pass);
    process.on('SIGHUP', pass);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', pass);
      process.off('SIGHUP', pass);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}
