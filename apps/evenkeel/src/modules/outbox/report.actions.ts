import { readMail } from '@evenkeel/records/mail';
import type { Actor } from '../../kernel/brand.ts';
import { accept } from '../../kernel/outcome.ts';
import { sha256Stream } from '../../kernel/sha256.ts';
import type { Awaits } from '../interaction/mailbox.ts';
import { deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream } from '../ledger/ledger.ts';
import { possibleReports, projectSendings, sendingNamed } from './sending.store.ts';
import type { Became, OutboxFact, Reported } from './sending.ts';

const ACTOR = 'mailbox' as Actor;
const LONGEST = 500;
const MOST_REPORTS = 50;

type Report = NonNullable<ReturnType<typeof readMail>['report']>;

function reportIn(bytes: Uint8Array): Report | null {
  return readMail(bytes, { hash: sha256Stream, mbox: false }).report;
}

/** Whether a report speaks of something that we sent, and to whom; of any other nothing is kept. */
export function awaitedReports({ db, workspaceId }: Ledger): Awaits {
  return async (bytes) => {
    const named = reportIn(bytes)?.originalMessageId;
    const sending = named ? await sendingNamed(db, workspaceId, named) : null;
    return sending && [sending.partyId];
  };
}

/** Ties reports to what they speak of. What is due is looked up; what was looked at in vain is remembered meanwhile. */
export function reportTying(ledger: Ledger): () => Promise<void> {
  const inVain = new Set<string>();
  return async () => {
    for (const { interaction, slot } of await possibleReports(ledger.db, ledger.workspaceId)) {
      if (inVain.has(interaction)) continue;
      const bytes = await ledger.vault.openSlot(ledger.db, slot);
      const isTied = bytes !== 'erased' && (await tie(ledger, interaction, bytes));
      if (!isTied) inVain.add(interaction);
    }
  };
}

async function tie(ledger: Ledger, interaction: string, bytes: Uint8Array): Promise<boolean> {
  const report = reportIn(bytes);
  const { db, workspaceId } = ledger;
  const sending = report?.originalMessageId
    ? await sendingNamed(db, workspaceId, report.originalMessageId)
    : null;
  const reports = report ? reportedBy(report) : [];
  if (!sending || reports.length === 0) return false;
  const fact: OutboxFact = { kind: 'outbox.reported', id: sending.id, interaction, reports };
  await deciding(ledger, ACTOR, `report:${interaction}`, async (book) => {
    await book.record(partyStream(sending.partyId), [fact], projectSendings);
    return accept(null);
  });
  return true;
}

const BECAME: Readonly<Record<string, Became>> = {
  delivered: 'delivered',
  relayed: 'relayed',
  expanded: 'relayed',
  delayed: 'delayed',
  failed: 'failed',
  displayed: 'opened',
  deleted: 'deleted-unopened',
};

function reportedBy({ kind, action, status, diagnostic, recipients }: Report): readonly Reported[] {
  const all =
    kind === 'delivery' && recipients.length > 0
      ? recipients
      : [{ address: recipients[0]?.address ?? null, action, status, diagnostic }];
  return all.slice(0, MOST_REPORTS).flatMap((one) => {
    const became = BECAME[one.action ?? ''];
    const short = (text: string | null) =>
      text?.toWellFormed().replaceAll('\0', '').slice(0, LONGEST) ?? null;
    const { address, ...said } = one;
    return became
      ? [
          {
            became,
            recipient: short(address),
            status: short(said.status),
            diagnostic: short(said.diagnostic),
          },
        ]
      : [];
  });
}
