import { Link } from '@tanstack/react-router';
import { Act, wordsOf } from '../casefile/act.tsx';
import { compareParties, identifyScreening } from '../generated/sdk.gen.ts';
import { named, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import type { Match, Screening } from './screening.queries.ts';
import { WarningLines } from './warning-lines.tsx';

/** How who asks can be reached, and whom else that leads to in our own record. Nothing is looked up elsewhere. */
export function MatchesSection({ found }: { found: Screening }) {
  const apart = found.matches.filter(({ verdict }) => verdict?.verdict === 'different');
  const others = found.matches.filter(({ verdict }) => verdict?.verdict !== 'different');
  return (
    <section className="sheet">
      <h2 className="answer-head">{t('screening.whoIsIt')}</h2>
      <p className="small screening-pad">
        {found.identifiers.length === 0 && <span className="quiet">{t('screening.noReach')}</span>}
        {found.identifiers.map(({ kind, value, written }) => (
          <span key={`${kind} ${value}`} className="screening-key">
            {named('matchkind', kind)}{' '}
            <Link to="/record" search={{ q: written }} title={t('screening.searchRecord')}>
              {value}
            </Link>
          </span>
        ))}
      </p>
      <div className="screening-pad">
        <Act says={t('screening.addReach')} run={(fields) => identify(found.id, wordsOf(fields, 'reach'))}>
          <label className="field">
            {t('screening.reach')}
            <textarea name="reach" rows={2} required />
          </label>
        </Act>
      </div>
      {others.length === 0 && <p className="answer-none quiet">{t('screening.nobodyElse')}</p>}
      <ul className="lines">
        {others.map((match) => (
          <MatchLine key={match.partyId} screeningId={found.id} match={match} />
        ))}
      </ul>
      {apart.length > 0 && (
        <p className="small quiet screening-pad">
          {t('screening.toldApart')}{' '}
          {apart.map(({ name, verdict }) => `${name} (${verdict?.reason})`).join(', ')}
        </p>
      )}
    </section>
  );
}

function identify(id: string, reach: string): Promise<unknown> {
  const identifiers = reach.split('\n').filter((line) => line.trim() !== '');
  return identifyScreening({ path: { id }, body: { identifiers } });
}

function MatchLine({ screeningId, match }: { screeningId: string; match: Match }) {
  const { partyId, name, level, shared, verdict, warnings } = match;
  const compare = (saying: 'same' | 'different') => (fields: FormData) =>
    compareParties({
      path: { id: screeningId },
      body: { other: partyId, verdict: saying, reason: wordsOf(fields, 'reason') },
    });
  return (
    <li className="line-block stack">
      <span>
        <Link to="/clients/$partyId" params={{ partyId }}>
          {name}
        </Link>{' '}
        <span className="small">{verdict ? t('screening.saidSame') : named('matchlevel', level)}</span>
      </span>
      <div className="small">
        {shared.map(({ kind, value, usedAt, confidence, where }) => (
          <p key={`${kind} ${value}`}>
            {named('matchkind', kind)} {value}: {named('matchwhere', where)},{' '}
            {t('screening.lastUsed', { date: dateOf(usedAt), percent: Math.round(confidence * 100) })}
          </p>
        ))}
      </div>
      {warnings.length > 0 && <WarningLines warnings={warnings} />}
      {!verdict && (
        <div className="acts">
          <Act says={t('screening.same')} run={compare('same')}>
            <HowKnown />
          </Act>
          <Act says={t('screening.different')} run={compare('different')}>
            <HowKnown />
          </Act>
        </div>
      )}
    </li>
  );
}

function HowKnown() {
  return (
    <label className="field">
      {t('screening.howKnown')}
      <input name="reason" required />
    </label>
  );
}
