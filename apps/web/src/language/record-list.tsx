import { PointLink } from '../points/point-link.tsx';
import { QuoteLine } from '../points/quote-line.tsx';
import '../points/points.css';
import { say, t } from '../words/t.ts';
import { type AgainstRecord, saysOf } from './against-record.queries.ts';

type Shown = {
  partyId: string;
  findings: readonly AgainstRecord[];
  /** Puts words in the place of a finding, where they can be changed. */
  onUse?: (finding: AgainstRecord, words: string) => void;
};

/** Where a draft says otherwise than the record: our words, why, and the earlier line with its link. */
export function RecordList({ partyId, findings, onUse }: Shown) {
  return (
    <section aria-label={t('against.title')}>
      <h3 className="answer-head reply-record">{t('against.title')}</h3>
      <ol className="findings">
        {findings.map((finding) => (
          <li key={`${finding.why}-${finding.start}`} className="finding">
            <span className="finding-number">·</span>
            <q className="finding-quote">{finding.quote}</q>
            <span className="small against-says">{againstWords(saysOf(finding))}</span>
            <div className="finding-says stack-small">
              {finding.record && <RecordLine partyId={partyId} line={finding.record} />}
              {finding.phrase && (
                <div className="row small">
                  <span>{finding.phrase}</span>
                  {onUse && (
                    <button
                      type="button"
                      className="link-button"
                      onClick={() => onUse(finding, finding.phrase!)}
                    >
                      {t('reply.use')}
                    </button>
                  )}
                </div>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** How the record speaks against our words, in words; what is named stands behind a colon. */
export function againstWords(said: string): string {
  const [says = '', name = ''] = said.split(': ', 2);
  return say(`against.${says}`, { name }) ?? says;
}

type Line = NonNullable<AgainstRecord['record']>;

/** A line of the record: whose, when, and a link to where it stands. */
export function RecordLine({ partyId, line }: { partyId: string; line: Line }) {
  const { what, number, side, quote, at, interactionId } = line;
  const named = number === null ? null : say(`recordLine.${what}`, { number });
  return (
    <>
      {what === 'point' && number !== null && (
        <PointLink partyId={partyId} number={number}>
          #{number}
        </PointLink>
      )}
      {named && <span className="small quiet">{named}</span>}
      {interactionId === null ? (
        <q>{quote}</q>
      ) : (
        <QuoteLine partyId={partyId} side={side} cite={{ interactionId, quote, at }} />
      )}
    </>
  );
}
