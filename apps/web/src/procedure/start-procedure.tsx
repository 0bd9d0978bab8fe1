import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { startProcedure } from '../generated/sdk.gen.ts';
import type { ProcedurePackList } from '../generated/types.gen.ts';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { inReaders } from './in-three.ts';
import { packsQuery, proceduresQuery, type SubjectKind } from './procedure.queries.ts';
import './procedure.css';

/** Of a kind that no pack is for, nothing can be started. */
type Given = {
  subject: string;
  partyId: string;
  subjectId: string;
  /** Behind one line, where much else stands. */
  isFolded?: boolean;
  /** It is closed: what ran on it is shown, and nothing is begun. */
  isClosed?: boolean;
};

/** What can be started on a thing, and what runs on it already. Shows nothing where nothing can. */
export function StartProcedure({ subject, partyId, subjectId, isFolded = false, isClosed = false }: Given) {
  const packs = useQuery(packsQuery(subject)).data?.packs ?? [];
  // Where nothing can be started nothing runs, and nobody is asked.
  const runs = useQuery({ ...proceduresQuery({ subject: subjectId }), enabled: packs.length > 0 });
  // Of a client as a whole much has run; what is over is in its history.
  const running = (runs.data?.items ?? []).filter(({ endedAt }) => !isFolded || endedAt === null);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const starting = useMutation({
    mutationFn: (pack: string) =>
      startProcedure({ body: { pack, partyId, subject: { kind: subject as SubjectKind, id: subjectId } } }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries();
      await navigate({ to: '/clients/$partyId/procedures/$id', params: { partyId, id } });
    },
  });
  const open = new Set(running.filter(({ endedAt }) => endedAt === null).map(({ title }) => title.en));
  const free = isClosed ? [] : packs.filter(({ title }) => !open.has(title.en));
  if (free.length + running.length === 0) return null;
  const isStarting = starting.isPending;
  const buttons = <StartButtons packs={free} isStarting={isStarting} onStart={(id) => starting.mutate(id)} />;
  return (
    <section className="procedure-start" aria-label={isFolded ? undefined : t('procedure.start')}>
      {running.map((one) => (
        <Link
          key={one.id}
          className="procedure-running"
          to="/clients/$partyId/procedures/$id"
          params={{ partyId, id: one.id }}
        >
          <strong>{inReaders(one.title)}</strong>{' '}
          <span className="small quiet">
            {one.step
              ? t('procedure.stepOf', { number: one.step.number, of: one.step.of })
              : one.outcome
                ? inReaders(one.outcome)
                : t('procedure.endedEarly')}
          </span>
        </Link>
      ))}
      {isFolded && free.length > 0 ? (
        <details className="procedure-fold small">
          <summary>{t('procedure.start')}</summary>
          <div className="procedure-start">{buttons}</div>
        </details>
      ) : (
        buttons
      )}
      {starting.error && (
        <p className="notice" role="alert">
          {problemWords(starting.error)}
        </p>
      )}
    </section>
  );
}

type Startable = ProcedurePackList['packs'][number];
type Starting = { packs: readonly Startable[]; isStarting: boolean; onStart: (id: string) => void };

/** What is made for where we are; what is made for elsewhere stands behind one line. */
function StartButtons({ packs, isStarting, onStart }: Starting) {
  const button = (pack: Startable) => (
    <button
      key={pack.id}
      type="button"
      className="action"
      title={inReaders(pack.about)}
      {...staying(isStarting)}
      onClick={() => onStart(pack.id)}
    >
      {t('procedure.startThis', { what: inReaders(pack.title) })}
      {!pack.isVerified && <span className="small"> · {t('procedure.unverified')}</span>}
    </button>
  );
  const elsewhere = packs.filter(({ isHere }) => !isHere);
  return (
    <>
      {packs.filter(({ isHere }) => isHere).map(button)}
      {elsewhere.length > 0 && (
        <details className="procedure-fold small">
          <summary>{t('procedure.elsewhere', { count: elsewhere.length })}</summary>
          <div className="procedure-start">{elsewhere.map(button)}</div>
        </details>
      )}
    </>
  );
}
