import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Gap } from '../api/shapes.ts';
import { number } from '../words/how-much.ts';
import { issueWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';

/** One thing that is missing. Names and quotes in it are others' words. */
export function GapLine({ partyId, gap }: { partyId: string; gap: Gap }) {
  return (
    <>
      <Opens partyId={partyId} gap={gap}>
        {titleOf(gap)}
      </Opens>
      {gap.at && gap.kind !== 'talk' && <span className="small quiet"> {momentOf(gap.at)}</span>}
      <More gap={gap} />
    </>
  );
}

/** The message that shows it, else the run that met it. */
function Opens({ partyId, gap, children }: { partyId: string; gap: Gap; children: ReactNode }) {
  const { interactionId, run } = gap;
  if (interactionId)
    return (
      <Link
        to="/clients/$partyId/interactions/$interactionId"
        params={{ partyId, interactionId }}
        search={(now) => now}
      >
        {children}
      </Link>
    );
  if (run)
    return (
      <Link to="/runs/$runId" params={{ runId: run }}>
        {children}
      </Link>
    );
  return <Link to="/record">{children}</Link>;
}

function titleOf(gap: Gap): string {
  const { kind, who, subject, name, from, until, count } = gap;
  switch (kind) {
    case 'answered':
      return t('missing.answeredBy', { who: who ?? t('missing.someone') });
    case 'erased':
      return t('missing.erased', { number: number(Number(name)) });
    case 'input':
      return name ?? '';
    case 'talk': {
      const between = { name: name ?? '', from: momentOf(from!), until: momentOf(until!) };
      if (gap.codes[0]?.code === 'talk-hole') return t('missing.hole', between);
      return t('missing.differs', { name: between.name, from: dateOf(from!), until: dateOf(until!), count });
    }
    default:
      return subject || who || t('missing.noSubject');
  }
}

function More({ gap: { kind, quote, name, count, codes, who, subject } }: { gap: Gap }) {
  if (kind === 'answered')
    return (
      <div className="small quiet">
        {subject && <div>{subject}</div>}
        {quote && (
          <div>
            <q>{quote}</q>
          </div>
        )}
        <div>
          <span className="mono missing-name">{name}</span>
          {count > 1 && ` · ${t('missing.answers', { count })}`}
        </div>
      </div>
    );
  if (kind === 'talk' || kind === 'erased') return null;
  return (
    <div className="small quiet">
      {kind !== 'input' && subject && who && <div>{who}</div>}
      {codes.map((issue, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two of them may be equal, and the list does not change
        <div key={at}>{detailed(issue)}</div>
      ))}
      {kind === 'input' && count > 1 && <div>{t('missing.times', { count })}</div>}
    </div>
  );
}

/** In the reader's words; the reading program's own sentence behind them, as it may name the file. */
function detailed(issue: Gap['codes'][number]): string {
  const words = issueWords(issue);
  return words === issue.message ? words : `${words} (${issue.message})`;
}
