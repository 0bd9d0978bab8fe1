import { SMTPServer } from 'smtp-server';
import { atEnd } from '../support/at-end.ts';

/** A real server of mail that takes everything and keeps it. */
export async function mailTaker() {
  const mails: string[] = [];
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _session, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        mails.push(Buffer.concat(pieces).toString());
        done(null);
      });
    },
  });
  smtp.on('error', () => {});
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  atEnd(() => new Promise<void>((resolve) => smtp.close(resolve)));
  return { mails, port: (smtp.server.address() as { port: number }).port };
}

/** A mailbox of ours that sends by this server, as the API takes it. */
export function mailboxAt(port: number) {
  return {
    address: 'me@firm.example',
    settings: {
      kind: 'imap',
      imap: { host: '127.0.0.1', port: 1, security: 'none' },
      smtp: { host: '127.0.0.1', port, security: 'none', signsIn: false },
      signIn: { by: 'password', user: 'me@firm.example' },
    },
    ...{ allows: 'known', parties: [], isOn: false, secrets: { password: 'only for tests' } },
  };
}
