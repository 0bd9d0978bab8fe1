import { existsSync } from 'node:fs';

/** Programs that these suites talk to; where one is missing, they are skipped and the run says so. */
export const HAS_DOVECOT = existsSync('/usr/sbin/dovecot') && process.getuid?.() === 0;
export const HAS_POSTFIX = existsSync('/usr/sbin/postfix') && process.getuid?.() === 0;
