import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { PaneTitle } from '../client/pane-title.tsx';
import type { Point, PointCite } from '../generated/types.gen.ts';
import { useKeys } from '../shell/keys.ts';
import { named, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { Decided, isChanged } from './decided.tsx';
import { PointActions } from './point-actions.tsx';
import { PointClauses } from './point-clauses.tsx';
import { PointEvidence } from './point-evidence.tsx';
import { PointHistory } from './point-history.tsx';
import { PointLink } from './point-link.tsx';
import { pointQuery } from './points.queries.ts';
import { money } from './price.ts';
import { QuoteLine } from './quote-line.tsx';
import { stateWords } from './state-words.ts';
import '../course/course.css';
import '../language/language.css';
import './points.css';

const route = getRouteApi('/clients/$partyId/points/$number');

/** One point: how it stands, in whose words, what the record says beside it, and everything that was done. */
export function PointPanel() {
  const { partyId, number } = route.useParams();
  const navigate = route.useNavigate();
  const point = useQuery({ ...pointQuery(partyId, Number(number)), throwOnError: true }).data;
  const leave = () => navigate({ to: '/clients/$partyId/points', params: { partyId }, search: (now) => now });
  useKeys([{ keys: 'Escape', says: 'keys.close', run: leave }]);
  if (!point) return <p className="course quiet">{t('list.loading')}</p>;
  return (
    <section className="course stack" aria-labelledby="point-title">
      <PaneTitle
        id="point-title"
        says={`#${point.number} ${point.title}`}
        closeSays={t('course.close')}
        onClose={leave}
      />
      <p className="small">
        {named('pointKind', point.kind)} · {stateWords(point)} ·{' '}
        <Link to="/clients/$partyId/points" params={{ partyId }} search={(now) => now} className="quiet">
          {t('points.all')}
        </Link>{' '}
        ·{' '}
        <Link to="." search={(now) => ({ ...now, point: point.number })} className="quiet">
          {t('point.onlyIts')}
        </Link>
      </p>
      <Kin point={point} />
      <Behind point={point} />
      <SideBySide point={point} />
      <Decisions point={point} />
      <HowOften point={point} />
      <PointActions point={point} />
      {point.kind === 'demand' && <PointClauses point={point} />}
      <PointEvidence point={point} />
      <PointHistory point={point} />
    </section>
  );
}

/** Points that are the same as this one, and the one it was a part of. */
function Kin({ point: { partyId, sameAs, merged, splitFrom } }: { point: Point }) {
  const kin = [
    ...(sameAs ? [{ of: sameAs, says: t('point.sameAs', sameAs) }] : []),
    ...merged.map((of) => ({ of, says: t('point.alsoAsked', of) })),
    ...(splitFrom ? [{ of: splitFrom, says: t('point.splitFrom', splitFrom) }] : []),
  ];
  return kin.map(({ of, says }) => (
    <p key={of.number} className="notice small">
      <PointLink partyId={partyId} number={of.number}>
        {says}
      </PointLink>
    </p>
  ));
}

/** What stood behind a threat on the day it was made, and now. */
function Behind({ point: { about, partyId, asked } }: { point: Point }) {
  if (!about) return null;
  return (
    <p className="notice small">
      <PointLink partyId={partyId} number={about.number}>
        {t('point.behindIs', { number: about.number, title: about.title })}
      </PointLink>{' '}
      {about.stateThen === null
        ? t('point.thenNotAsked')
        : t('point.then', {
            day: asked.first ? dateOf(asked.first) : '',
            state: named('pointState', about.stateThen),
            now: named('pointState', about.state),
          })}
    </p>
  );
}

/** What they expect and what was agreed, each in words of the record. */
function SideBySide({ point }: { point: Point }) {
  const { expected, agreed, terms, answer, partyId, cites } = point;
  const opening = cites.find(({ role }) => role === 'asked');
  return (
    <div className="point-sides">
      <Side says={t('point.expected')} cites={[expected ?? opening]} partyId={partyId} />
      <Side
        says={agreed ? t('point.agreedWords') : t('point.answerWords')}
        cites={agreed ? [terms, agreed] : [answer]}
        partyId={partyId}
      />
    </div>
  );
}

type SideShown = {
  says: string;
  cites: readonly (PointCite | null | undefined)[];
  partyId: string;
};

function Side({ says, cites, partyId }: SideShown) {
  const known = cites.filter((cite) => cite !== null && cite !== undefined);
  return (
    <section className="sheet point-side">
      <h2 className="answer-head">{says}</h2>
      {known.length === 0 && <p className="answer-none quiet">{t('point.noWords')}</p>}
      {known.map((cite) => (
        <QuoteLine key={cite.recordId + cite.role} partyId={partyId} cite={cite} />
      ))}
    </section>
  );
}

/** Two decisions about the same question, beside each other. */
function Decisions({ point }: { point: Point }) {
  if (!isChanged(point)) return null;
  return (
    <section className="sheet" aria-label={t('decided.title')}>
      <h2 className="answer-head">{t('decided.title')}</h2>
      <Decided point={point} />
    </section>
  );
}

/** Numbers and cost, and no adjective. */
function HowOften({ point: { asked, price, cites, partyId } }: { point: Point }) {
  const times = cites.filter(({ role }) => role === 'asked');
  return (
    <details className="sheet point-count">
      <summary>
        {t('point.askedTimes', { count: asked.count })}
        {asked.first && ` · ${t('point.since', { day: dateOf(asked.first) })}`}
        {price && ` · ${t('point.costs', { sum: money(price) })}`}
      </summary>
      {times.map((cite) => (
        <QuoteLine key={cite.recordId} partyId={partyId} cite={cite} />
      ))}
    </details>
  );
}
