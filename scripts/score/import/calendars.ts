import { readCalendar } from '@evenkeel/records/calendar';
import { readCalendarTree, treeOf } from '@evenkeel/records/calendar-tree';
import { corpusBytes, corpusFiles, corpusJson, inCorpora } from './corpus.ts';
import { evenkeel } from './readers.ts';
import { answer, ask, type Tally } from './tally.ts';

const SET = 'calendars';

/** Calendars beside their jCal, and each entry's times beside what is written in the file. */
export async function scoreCalendars(tally: Tally): Promise<void> {
  for (const path of corpusFiles('ics').filter((name) => name.endsWith('.ics'))) {
    const text = corpusBytes(path).toString();
    const json = path.replace(/ics$/, 'json');
    if (inCorpora(json))
      ask(
        tally,
        { set: SET, field: 'jCal', about: path },
        evenkeel.name,
        treeOf(corpusJson(json)),
        readCalendarTree(text),
      );
    scoreEntries(tally, path, text);
  }
}

function scoreEntries(tally: Tally, about: string, text: string): void {
  const entries = readCalendar(text);
  const written = text.match(/^BEGIN:(?:VEVENT|VTODO|VJOURNAL|VFREEBUSY)\s*$/gim)?.length ?? 0;
  ask(tally, { set: SET, field: 'entries', about }, evenkeel.name, written, entries?.length ?? null);
  for (const { start } of entries ?? []) {
    if (!start) continue;
    const isWritten = text.includes(start.iso.slice(0, 19).replace(/[-:]/g, ''));
    const question = { set: SET, field: 'starts, as written', about };
    answer(tally, question, evenkeel.name, isWritten, () => start.iso);
  }
}
