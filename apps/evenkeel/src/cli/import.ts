import { resolve } from 'node:path';
import type { RunEvent } from '../modules/interaction/import.actions.ts';
import type { Report } from '../modules/source/source.actions.ts';
import { linesOf } from './client.ts';
import { type Command, DATA_OPTION, JSON_OPTION, listOf, textOf, UsageError, zoneOf } from './command.ts';
import { grouped, type Output } from './output.ts';

export const importCommand: Command = {
  forms: [
    {
      usage: 'import PATH… [--client NAME] [--only ADDRESS]… [--me ADDRESS]… [--tz ZONE] [--json]',
      says: 'read files, folders and archives of mail, chats and calendars into the record, and report on every item',
    },
  ],
  options: {
    client: {
      type: 'string',
      value: 'NAME',
      says: 'file everything under this client (name, address or id); a new name makes a new client',
    },
    only: {
      type: 'string',
      multiple: true,
      value: 'ADDRESS',
      says: 'keep only what goes to or comes from this address; the rest is counted and not kept',
    },
    me: { type: 'string', multiple: true, value: 'ADDRESS', says: 'an address of ours' },
    tz: {
      type: 'string',
      value: 'ZONE',
      says: 'the zone of times that state none, in exports of chats; mail states its own',
    },
    ...DATA_OPTION,
    ...JSON_OPTION,
  },
  maxWords: Number.POSITIVE_INFINITY,
  async run({ values, words }, { connect, out }) {
    if (words.length === 0) throw new UsageError('import needs at least one file or folder');
    const tz = zoneOf(values.tz, '--tz');
    const only = listOf(values.only);
    const client = await connect();
    try {
      const started = await client.call('POST', '/api/imports', {
        paths: words.map((path) => resolve(path)),
        only: only.length > 0 ? only : null,
        client: textOf(values.client),
        me: listOf(values.me),
        tz,
      });
      const { run } = (await started.json()) as { run: string };
      const report = await follow(
        linesOf<RunEvent>(await client.call('GET', `/api/runs/${run}/events`)),
        out,
        values.json === true,
      );
      if (!report) return 1;
      out.result(
        values.json
          ? JSON.stringify({ run, totals: report.totals, issues: report.issues })
          : reportText(report),
      );
      return isUnusable(report) ? 2 : 0;
    } finally {
      await client.close();
    }
  },
};

/** One bad file among good ones is reported; nothing but bad ones is unusable input. */
function isUnusable({ totals }: Report): boolean {
  return totals.items > 0 && totals.unreadable === totals.items;
}

async function follow(events: AsyncIterable<RunEvent>, out: Output, asJson: boolean): Promise<Report | null> {
  for await (const event of events) {
    if ('report' in event) return event.report;
    if ('failed' in event) {
      out.message(event.failed.message);
      return null;
    }
    if ('acknowledged' in event && asJson)
      for (const id of event.acknowledged) out.message(JSON.stringify({ acknowledged: id }));
    if ('progress' in event) out.progress(progressText(event.progress));
  }
  out.message(
    'The program that was importing has stopped. Start the same import again: it goes on where it stopped.',
  );
  return null;
}

function progressText({
  bytes,
  ofBytes,
  totals,
}: Extract<RunEvent, { progress: unknown }>['progress']): string {
  const percent = ofBytes === 0 ? 100 : Math.floor((bytes / ofBytes) * 100);
  return `${percent} %  ${grouped(totals.items)} read, ${grouped(totals.imported)} imported`;
}

function reportText({ totals, issues, state }: Report): string {
  const lines = [
    `${grouped(totals.items)} items ${state === 'cancelled' ? 'before it was cancelled' : 'read'}: ${grouped(totals.imported)} imported, ` +
      `${grouped(totals.duplicates)} known already, ${grouped(totals.leftOut)} left out, ${grouped(totals.unreadable)} unreadable.`,
    ...issues
      .slice(0, 20)
      .map(
        (issue) =>
          `  ${issue.container}${issue.member ? ` › ${issue.member}` : ''}${issue.range ? ` @${issue.range.start}` : ''}: ${issue.message}`,
      ),
  ];
  if (issues.length > 20) lines.push(`  … and ${grouped(issues.length - 20)} more (--json shows them)`);
  return lines.join('\n');
}
