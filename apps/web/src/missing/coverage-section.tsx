import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Coverage } from '../api/shapes.ts';
import { sourceWords } from '../import/source-words.ts';
import { t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';
import { Folders, Losses } from './folder-lines.tsx';
import { coverageQuery } from './missing.queries.ts';

type Source = Coverage['sources'][number];
type TalkExport = Coverage['talks'][number];

/** How far each source was read that brought something about this client. */
export function CoverageSection({ partyId }: { partyId: string }) {
  const coverage = useQuery({ ...coverageQuery(partyId), throwOnError: true }).data;
  if (!coverage) return null;
  return (
    <>
      <div className="sheet">
        <h2 className="answer-head">{t('missing.coverage')}</h2>
        {coverage.sources.length === 0 && <p className="answer-none quiet">{t('missing.noSources')}</p>}
        <ul className="course-quotes">
          {coverage.sources.map((source) => (
            <li key={source.id}>
              <SourceLine source={source} />
            </li>
          ))}
        </ul>
      </div>
      {coverage.talks.length > 0 && <Talks talks={coverage.talks} />}
    </>
  );
}

function SourceLine({ source }: { source: Source }) {
  return (
    <>
      <span className="missing-name">{sourceWords(source.name)}</span>{' '}
      <span className="small quiet">{t(`missing.source.${source.kind}`)}</span>
      <ul className="missing-of small">
        {source.runs.map(({ id, startedAt, totals }) => (
          <li key={id}>
            <Link to="/runs/$runId" params={{ runId: id }}>
              {dateOf(startedAt)}
            </Link>
            {' · '}
            {t('missing.run', totals)}
          </li>
        ))}
        <Folders folders={source.folders} />
        <Losses losses={source.losses} />
      </ul>
    </>
  );
}

/** Each conversation with its exports: where the earliest begins, and what each one covers. */
function Talks({ talks }: { talks: readonly TalkExport[] }) {
  const byTalk = Map.groupBy(talks, ({ platform, talk }) => `${platform} ${talk}`);
  return (
    <div className="sheet">
      <h2 className="answer-head">{t('missing.talks')}</h2>
      <ul className="course-quotes">
        {[...byTalk].map(([key, exports]) => (
          <li key={key}>
            <span className="missing-name">{exports.find(({ name }) => name)?.name ?? exports[0]!.talk}</span>
            <div className="small">{t('missing.talkStarts', { date: momentOf(exports[0]!.firstAt) })}</div>
            <ul className="missing-of small">
              {exports.map((one) => (
                <li key={`${one.run} ${one.container}`}>
                  <Link to="/runs/$runId" params={{ runId: one.run }}>
                    {t('missing.talkExport', {
                      ...{ from: dateOf(one.firstAt), until: dateOf(one.lastAt), count: one.entries },
                    })}
                  </Link>{' '}
                  <span className="quiet missing-name">{one.file}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}
