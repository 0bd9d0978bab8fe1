import { readHeaders } from '@evenkeel/records/envelope';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Handed } from '../source/mailbox.receiving.ts';
import type { Mailbox } from '../source/mailbox.ts';
import type { CoveredItem, SourceFact } from '../source/source.ts';
import { prepareBatch } from './import-batch.actions.ts';
import { type Awaits, verdictOn } from './mailbox.ts';
import type { MailReader } from './mailbox-folder.actions.ts';
import { openMailRun } from './mailbox-run.actions.ts';
import type { ReadItem } from './reader.ts';
import { commitRecording } from './recording.actions.ts';

type Ports = { readonly ledger: Ledger; readonly reader: MailReader; readonly awaits: Awaits };

/** Keeps a mail that was handed to us, when its other side was chosen; of any other only the count. */
export async function keepHanded(
  { ledger, reader, awaits }: Ports,
  mailbox: Mailbox,
  { bytes, envelope }: Handed,
): Promise<void> {
  const { wish, state, choice } = await openMailRun(ledger, mailbox);
  const verdict = verdictOn(bytes.subarray(0, readHeaders(bytes).headerEnd), choice);
  const parties = verdict === 'report' ? await awaits(bytes) : null;
  const isKept = verdict === 'take' || parties !== null;
  const place = { container: 0, name: mailbox.address, member: null, start: 0 };
  const item: ReadItem = isKept
    ? {
        ...{ ...place, outcome: 'item', format: 'eml', until: bytes.length, modifiedMs: null },
        ...{ bytes, reading: (await reader([bytes]))[0]!, ...(parties ? { parties } : {}) },
      }
    : { ...place, outcome: 'left-out', until: 0 };
  const batch = {
    ...{ items: [item], issues: [], containers: [], ended: [], bytesDone: 0, sizeBytes: 0 },
    ...{ next: { container: 0, resume: null }, isLast: false },
  };
  const { source } = state.begun;
  const received = ([covered]: readonly CoveredItem[]): readonly SourceFact[] => {
    const interaction = isKept ? covered?.[5] : null;
    const at = ledger.chance.now();
    return interaction ? [{ kind: 'source.mail-received', source, interaction, ...envelope, at }] : [];
  };
  const step = await prepareBatch(ledger, state, wish, batch, null, received);
  await commitRecording(ledger, step.prepared);
}
