import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Interaction, InteractionInPlace, Provenance, Stated } from '../api/shapes.ts';
import { SenderView } from '../mailbox/sender-view.tsx';
import { SendingList } from '../mailbox/sending-view.tsx';
import { useSession } from '../session/session.queries.ts';
import { number, size } from '../words/how-much.ts';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { momentOf, statedAs } from '../words/when.ts';
import { ExportedView } from './exported-view.tsx';
import { isMail, mailFactsQuery, originalBytes, provenanceQuery } from './interaction.queries.ts';
import { ReadAs } from './read-as.tsx';
import { UnreadView } from './unread-view.tsx';
import { Verdicts } from './verdicts.tsx';

/** Where a record comes from, when, and what this browser could check of that by itself. */
export function ProvenanceView({ interaction }: { interaction: InteractionInPlace }) {
  const { id } = interaction.row;
  const { data: provenance, error } = useQuery(provenanceQuery(id));
  const checks = useQuery({
    queryKey: ['checks', id, provenance?.proof.treeSize],
    enabled: provenance !== undefined,
    queryFn: async ({ signal }) => {
      const [{ recompute }, bytes] = await Promise.all([import('./proof.ts'), originalBytes(id, signal)]);
      return recompute(bytes, provenance!);
    },
  });
  if (error) return <p className="notice">{problemWords(error)}</p>;
  if (!provenance) return <p className="quiet">{t('list.loading')}</p>;
  return (
    <div className="stack provenance">
      <Verdicts provenance={provenance} checks={checks.data} error={checks.error} />
      <Times times={interaction.times} />
      {interaction.exported && <ExportedView exported={interaction.exported} />}
      {interaction.row.kind === 'message' && <SenderView id={id} />}
      <SendingList of={{ interaction: id }} />
      <OtherReadings interaction={interaction} />
      <UnreadView issues={interaction.issues} />
      <EntryFacts provenance={provenance} />
      <Link to="/erase" search={{ record: id }} className="small">
        {t('erasure.look')}
      </Link>
    </div>
  );
}

/** A label fits all bytes, also a wrong one: where nothing proves it, another may be taken. */
function OtherReadings({ interaction }: { interaction: InteractionInPlace }) {
  const { id } = interaction.row;
  const { data: facts } = useQuery({ ...mailFactsQuery(id), enabled: isMail(interaction) });
  if (!facts || (facts.otherReadings.length === 0 && facts.readAs === null)) return null;
  return (
    <section>
      <h2>{t('readAs.title')}</h2>
      <ReadAs id={id} facts={facts} />
    </section>
  );
}

const TIMES = ['sent', 'received', 'exported', 'recorded'] as const;

function Times({ times }: { times: Interaction['times'] }) {
  return (
    <section>
      <h2>{t('times.title')}</h2>
      <dl className="facts">
        {TIMES.map((name) => (
          <Fact key={name} says={t(`times.${name}`)}>
            <OneTime stated={times[name]} />
          </Fact>
        ))}
      </dl>
    </section>
  );
}

function OneTime({ stated }: { stated: Stated | null }) {
  if (!stated) return <span className="quiet">{t('times.unknown')}</span>;
  return (
    <>
      <span className="number">{momentOf(stated.at)}</span>
      <span className="quiet small">
        {' '}
        {t('times.stated', {
          stated: statedAs(stated.at, stated.offsetMin),
          source: named('timeSource', stated.source),
          certainty: t(`certainty.${stated.certainty}`),
        })}
      </span>
    </>
  );
}

function EntryFacts({ provenance: { entry, filed, object, proof } }: { provenance: Provenance }) {
  const me = useSession().data?.member;
  const actor = entry.actor === `member:${me?.id}` ? me?.name : entry.actor;
  return (
    <section>
      <h2>{t('entry.title')}</h2>
      <dl className="facts">
        <Fact says={t('entry.hash')}>
          <code className="mono">{object.sha256}</code>{' '}
          <span className="quiet small">{size(object.sizeBytes)}</span>
        </Fact>
        <Fact says={t('entry.place')}>
          {t('entry.placeSays', { index: number(entry.index), kind: entry.kind, actor })}
        </Fact>
        {filed.map(({ index, partyId, partyName }) => (
          <Fact key={partyId} says={t('entry.filed')}>
            <Link to="/clients/$partyId" params={{ partyId }}>
              {partyName}
            </Link>{' '}
            {index !== null && (
              <span className="quiet">{t('entry.filedSays', { index: number(index) })}</span>
            )}
          </Fact>
        ))}
        <Fact says={t('entry.recordedAt')}>{momentOf(entry.recordedAt)}</Fact>
        <Fact says={t('entry.leaf')}>
          <code className="mono">{entry.leaf}</code>
        </Fact>
        <Fact says={t('entry.checkpoint')}>
          <pre className="mono note">{proof.checkpoint}</pre>
        </Fact>
        <Fact says={t('entry.key')}>
          <code className="mono">{proof.vkey}</code>
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ says, children }: { says: string; children: ReactNode }) {
  return (
    <div>
      <dt>{says}</dt>
      <dd>{children}</dd>
    </div>
  );
}
