/** Run by hand: what the reader makes of every file in the corpora, per folder. */

import { readdirSync } from 'node:fs';
import { readContainer } from '../src/container.ts';
import { readMail } from '../src/mail.ts';
import { bytesSource } from '../src/source.ts';
import {
  CORPORA,
  corpusBytes,
  filesIn,
  firstSeamInMail,
  firstSeamInRun,
  HAS_CORPORA,
  sha256,
} from './corpora.ts';

type Row = {
  folder: string;
  files: number;
  messages: number;
  withIssues: number;
  unreadable: number;
  seams: number;
};

async function report(folder: string, codes: Map<string, number>): Promise<Row> {
  const row: Row = { folder, files: 0, messages: 0, withIssues: 0, unreadable: 0, seams: 0 };
  for (const path of filesIn(folder)) {
    const bytes = corpusBytes(path);
    row.files++;
    const events = [];
    for await (const event of readContainer(bytesSource(path, bytes))) events.push(event);
    if (firstSeamInRun(events, bytes.length)) row.seams++;
    for (const event of events) {
      if (event.type === 'unreadable') row.unreadable++;
      if (event.type === 'unreadable') codes.set(event.issue.code, (codes.get(event.issue.code) ?? 0) + 1);
      if (event.type === 'unreadable' && process.argv.includes('--unreadable'))
        console.log(path, event.issue.code);
      if (event.type !== 'item') continue;
      const mail = readMail(event.bytes, { hash: sha256, mbox: event.format === 'mbox' });
      row.messages++;
      if (mail.issues.length + event.issues.length > 0) row.withIssues++;
      if (firstSeamInMail(mail)) row.seams++;
      for (const code of new Set([...mail.issues, ...event.issues].map((issue) => issue.code))) {
        codes.set(code, (codes.get(code) ?? 0) + 1);
        if (process.argv.includes(`--${code}`)) console.log(code, path, event.range.start);
      }
    }
  }
  return row;
}

if (HAS_CORPORA) {
  const codes = new Map<string, number>();
  const rows: Row[] = [];
  for (const folder of readdirSync(CORPORA).sort()) rows.push(await report(folder, codes));
  const sum = (key: keyof Row): number => rows.reduce((total, row) => total + Number(row[key]), 0);
  rows.push({
    folder: 'all',
    files: sum('files'),
    messages: sum('messages'),
    withIssues: sum('withIssues'),
    unreadable: sum('unreadable'),
    seams: sum('seams'),
  });
  console.table(rows);
  console.table([...codes].sort((a, b) => b[1] - a[1]).map(([issue, messages]) => ({ issue, messages })));
}
