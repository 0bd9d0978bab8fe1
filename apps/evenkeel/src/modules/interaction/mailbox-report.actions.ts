import type { Ledger } from '../ledger/ledger.actions.ts';
import { foldersRead, mailboxes, runningRun } from '../source/mailbox.actions.ts';
import type { Mailbox } from '../source/mailbox.ts';
import { reportOf } from '../source/source.actions.ts';
import type { Mailboxes } from './mailbox.actions.ts';

/** Every mailbox with what was seen in it so far, under the choice that holds now. Secrets are no part of it. */
export async function mailboxReport(ledger: Ledger, following: Mailboxes) {
  const all = await mailboxes(ledger);
  return Promise.all(all.map((mailbox) => reported(ledger, following, mailbox)));
}

async function reported(ledger: Ledger, following: Mailboxes, mailbox: Mailbox) {
  const { db, workspaceId } = ledger;
  const { id, address, settings, allows, parties, isOn, triedAt, readAt, problem, sourceId } = mailbox;
  const run = sourceId && (await runningRun(db, workspaceId, sourceId));
  const report = run && (await reportOf(ledger, run.id));
  const folders = run ? await foldersRead(db, workspaceId, run.id) : [];
  return {
    ...{ id, address, settings, allows, parties, isOn, triedAt, readAt, problem },
    isFollowed: following.isFollowed(id),
    totals: report?.totals ?? null,
    folders: folders.map(({ path, messages, seenAt }) => ({ path, messages, seenAt })),
    issues: (report?.issues ?? []).map(({ code, message, container, member }) => {
      return { code, message, container, member };
    }),
  };
}
