import { Link } from '@tanstack/react-router';
import type { InteractionInPlace } from '../api/shapes.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { distance } from './distance.ts';
import { KINDS, type Kind } from './draft.ts';
import './noted.css';

/** When it was entered beside when it happened, and by how much later. */
export function EnteredFacts({ interaction }: { interaction: InteractionInPlace }) {
  const { noted, row, lateByMin } = interaction;
  if (!noted && lateByMin === null) return null;
  const facts = [
    noted?.durationMin != null &&
      ([t('noted.lasted'), t('noted.minutes', { count: noted.durationMin })] as const),
    noted?.channel && ([t('byhand.channel'), noted.channel] as const),
    noted?.zone && ([t('noted.zone'), noted.zone] as const),
  ].filter((fact) => !!fact);
  return (
    <>
      <dt>{t('noted.entered')}</dt>
      <dd className="number">
        {momentOf(row.recordedAt)}
        {lateByMin !== null && (
          <strong className="late"> · {t('late.mark', { by: distance(lateByMin) })}</strong>
        )}
      </dd>
      {facts.map(([says, value]) => (
        <Fact key={says} says={says} value={value} />
      ))}
    </>
  );
}

function Fact({ says, value }: { says: string; value: string }) {
  return (
    <>
      <dt>{says}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** That no bytes speak for it, what it corrects and what corrects it, and who agreed to a recording. */
export function NotedNotes({ interaction }: { interaction: InteractionInPlace }) {
  const { noted, corrections, row } = interaction;
  return (
    <>
      {noted && (
        <p className="notice small">
          {t('noted.byHand')} <CorrectLink id={row.id} kind={row.kind} />
        </p>
      )}
      {noted?.corrects && (
        <p className="notice small">
          {t('noted.corrects')} <Other {...noted.corrects} />
        </p>
      )}
      {corrections.map((correction) => (
        <p key={correction.id} className="notice small">
          {t('noted.correctedBy')} <Other {...correction} />
        </p>
      ))}
      {noted?.consent && (
        <p className="notice small">
          {t('noted.agreed', {
            names: noted.consent.on
              .filter(({ agreed }) => agreed)
              .map(({ who, place }) => (place ? `${who} (${place})` : who))
              .join(', '),
          })}
        </p>
      )}
    </>
  );
}

function Other({ id, at, lead }: { id: string; at: string; lead: string }) {
  return (
    <Link to="/interactions/$interactionId" params={{ interactionId: id }}>
      {momentOf(at)}: {lead}
    </Link>
  );
}

function CorrectLink({ id, kind }: { id: string; kind: string }) {
  const known = KINDS.find((one) => one === kind) ?? ('note' satisfies Kind);
  return (
    <Link to="/by-hand" search={{ kind: known, corrects: id }}>
      {t('noted.correct')}
    </Link>
  );
}
