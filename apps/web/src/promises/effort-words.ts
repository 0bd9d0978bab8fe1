import { t } from '../words/t.ts';
import { dateOf, momentOf, withPlainSpaces } from '../words/when.ts';
import type { Effort, Efforts } from './efforts.queries.ts';
import { dateWords } from './promise-words.ts';

/** What was done, by whom, in one plain sentence; its words stand behind it. */
export function effortWords({ kind, side, about, due, minutes }: Effort): string {
  const values = { who: t(`effort.who.${side}`), about: about ?? 0 };
  const what = t(`effort.kind.${kind}`, values);
  const extra = [
    due !== null && DUE[kind] ? t(DUE[kind], { day: dateWords(due) }) : '',
    minutes === null ? '' : t('effort.minutes', { count: minutes }),
  ].filter((part) => part !== '');
  return extra.length > 0 ? `${what} (${extra.join(', ')})` : what;
}

/** Whether what stands beside an effort is words of the record, or a name that somebody gave it. */
export function isQuote({ kind, interactionId }: Effort): boolean {
  return interactionId !== null && QUOTED.has(kind);
}

const QUOTED: ReadonlySet<Effort['kind']> = new Set([
  'reply-in-time',
  'offer-accepted',
  'offer-refused',
  'offer-withdrawn',
  'proposed-meeting',
  'proposed-call',
  'proposed-break',
  'proposed-mediator',
]);

/** What a date beside an effort means. */
const DUE: Partial<Record<Effort['kind'], 'effort.due' | 'effort.decideBy'>> = {
  'reply-in-time': 'effort.due',
  'promise-kept': 'effort.due',
  'offer-made': 'effort.decideBy',
  'offer-moved': 'effort.decideBy',
};

/** How many of their questions were answered in the time agreed with them, else within the pace we set ourselves. */
export function answersWords({ answers, replyDays, agreed }: Efforts): string {
  if (answers.due === 0) return t('effort.noAnswers');
  const { due, inTime } = answers;
  if (agreed)
    return t('effort.answersAgreed', {
      ...{ due, inTime, count: agreed.count, unit: t(`clause.unit-${agreed.unit}`) },
    });
  return t('effort.answers', { due, inTime, days: replyDays });
}

/** The whole page as text, for a letter or a form. */
export function effortsText(efforts: Efforts, party: string, now: string): string {
  const head = [
    t('effort.textTitle', { party }),
    t('effort.asOf', { day: withPlainSpaces(dateOf(now)) }),
    answersWords(efforts),
  ];
  const lines = efforts.items.map((effort) => {
    const mark = effort.isWithoutPrejudice ? ` [${t('offer.withoutPrejudice')}]` : '';
    const says = isQuote(effort) ? `“${effort.says}”` : effort.says;
    const what = withPlainSpaces(`${momentOf(effort.at)}: ${effortWords(effort)}`);
    return `${effort.number}. ${what}${mark}: ${says}`;
  });
  const left = efforts.leftOut > 0 ? [t('effort.leftOut', { count: efforts.leftOut })] : [];
  return [...head, '', ...lines, ...left].join('\n');
}
