import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EvidenceLine, Point } from '../generated/types.gen.ts';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { evidenceQuery, type Said, type Weight } from './points.queries.ts';
import { QuoteLine } from './quote-line.tsx';
import { useSaying } from './use-saying.ts';

const WEIGHTS: readonly Weight[] = ['supports', 'contradicts', 'neither'];

/** Lines of both sides that speak of the same things, in the order of time. What they show, a person says. */
export function PointEvidence({ point }: { point: Point }) {
  const [isOpen, setOpen] = useState(point.kind === 'accusation');
  const evidence = useQuery({ ...evidenceQuery(point.partyId, point.number), enabled: isOpen }).data;
  return (
    <details
      className="sheet point-evidence"
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{t('point.evidence')}</summary>
      {isOpen && !evidence && <p className="answer-none quiet">{t('list.loading')}</p>}
      {evidence && (
        <>
          <p className="answer-none small quiet">
            {evidence.searched.isCut
              ? t('point.searchedCut', { count: evidence.searched.messages })
              : t('point.searched', { count: evidence.searched.messages })}{' '}
            {t('point.evidenceHow')}
          </p>
          {evidence.items.length === 0 && <p className="answer-none">{t('point.noEvidence')}</p>}
          <ol>
            {evidence.items.map((line) => (
              <Line key={`${line.interactionId}-${line.start}`} line={line} point={point} />
            ))}
          </ol>
        </>
      )}
    </details>
  );
}

function Line({ line, point }: { line: EvidenceLine; point: Point }) {
  const saying = useSaying(point.partyId);
  const { interactionId, start, end, quote, side, weight } = line;
  const cite = { interactionId, start, end, quote };
  const isLive = point.state === 'open' || point.state === 'answered';
  const [isMeant, setMeant] = useState(false);
  const say = (said: Said) => saying.mutate({ id: point.id, said });
  const means = side === 'ours' ? 'answer' : 'agree';
  return (
    <li>
      <QuoteLine partyId={point.partyId} cite={line} side={side}>
        <div className="row small">
          {WEIGHTS.map((each) => (
            <button
              key={each}
              type="button"
              className="link-button"
              aria-pressed={each === weight}
              onClick={() => say({ does: 'weigh', cite, weight: each })}
            >
              {named('weight', each)}
            </button>
          ))}
          {isLive && (
            <button
              type="button"
              className={isMeant ? 'action' : 'link-button'}
              {...staying(saying.isPending)}
              onClick={() => (isMeant ? say({ does: means, cite }) : setMeant(true))}
            >
              {isMeant && `${t('point.write')}: `}
              {means === 'answer' ? t('point.isAnswer') : t('point.isAgreement')}
            </button>
          )}
          {isLive && isMeant && (
            <button type="button" className="link-button" onClick={() => setMeant(false)}>
              {t('paste.cancel')}
            </button>
          )}
        </div>
      </QuoteLine>
      {saying.error && (
        <p className="notice" role="alert">
          {problemWords(saying.error)}
        </p>
      )}
    </li>
  );
}
