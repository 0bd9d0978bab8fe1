import { fileURLToPath } from 'node:url';
import type { App } from '../app.ts';
import { Halt } from '../kernel/outcome.ts';
import { type Files, readFiles } from '../kernel/server.files.ts';
import { listen, listenLocal } from '../kernel/server.ts';
import { type Command, DATA_OPTION, type ExitCode, LISTEN_OPTIONS, type Surroundings } from './command.ts';

const NO_TLS =
  'Others on this network can reach this page, and nothing on the way is encrypted: put it behind something that speaks TLS, or leave --host out.';

const WEB_FOLDER = fileURLToPath(new URL('../../../web/dist', import.meta.url));

export const serveCommand: Command = {
  forms: [
    {
      usage: 'serve [--data DIR] [--port N] [--host NAME] [--address URL]',
      says: 'web page, API and worker in one process (http://127.0.0.1:7140)',
    },
  ],
  options: { ...DATA_OPTION, ...LISTEN_OPTIONS },
  maxWords: 0,
  run: async (_given, around) => serveApp(await around.open(), around),
};

/** Serves an opened folder until it is asked to stop. */
export async function serveApp(app: App, { config, out, stopped }: Surroundings): Promise<ExitCode> {
  try {
    const files = await pageFiles();
    const local = await listenLocal(app.fetch, app.holding.socketPath);
    const { host, port, address = null } = config;
    const web = await listen(app.fetch, { host, port, address, files });
    const code = await app.firstRunCode();
    out.message(`Evenkeel is ready: ${web.url}/${code === null ? '' : `#code=${code}`}`);
    if (code !== null) out.message('The address holds a one-time code: open it on this machine to begin.');
    if (!isLoopback(config.host)) out.message(NO_TLS);
    // Whoever wants to stop need not wait for what is only loaded ahead.
    await Promise.race([stopped, app.warm()]);
    await app.mailboxes.start();
    await stopped;
    out.message('Stopping.');
    await Promise.all([app.importer.stop(), app.mailboxes.stop()]);
    await Promise.all([web.close(), local.close()]);
    return 0;
  } finally {
    await app.close();
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function pageFiles(): Promise<Files> {
  return readFiles(WEB_FOLDER).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Halt(
      'page-not-built',
      'The web page is not built yet. Nothing was changed. Run "npm start", which builds it.',
    );
  });
}
