import { NativeSelect } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { partyQuery } from '../client/client.queries.ts';
import { PaneTitle } from '../client/pane-title.tsx';
import { PlainWords } from '../reply/plain-words.tsx';
import { HeadChoice } from '../trust/head-choice.tsx';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { knownNameQuery, letKnow, ourNamesQuery } from './our-names.queries.ts';
import './us.css';

const route = getRouteApi('/clients/$partyId/our-name');

/** By which one of our names a client knows us, and which others they were shown. */
export function KnownNamePanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const party = useQuery(partyQuery(partyId)).data;
  const known = useQuery({ ...knownNameQuery(partyId), throwOnError: true }).data;
  const ours = useQuery(ourNamesQuery).data;
  const choosing = useMutation({ mutationFn: (id: string) => letKnow(partyId, id === '' ? null : id) });
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  const names = ours?.names.filter(({ isRetired }) => !isRetired) ?? [];
  return (
    <section className="known-name stack" aria-labelledby="known-name">
      <PaneTitle
        id="known-name"
        says={party ? t('known.title', { name: party.name }) : ''}
        closeSays={t('known.close')}
        onClose={leave}
      />
      {known && (
        <NativeSelect
          label={t('known.name')}
          description={t('known.why')}
          value={known.known?.id ?? ''}
          onChange={(event) => choosing.mutate(event.currentTarget.value)}
          data={[
            { value: '', label: `${ours?.workspace ?? ''} · ${t('known.workspace')}` },
            ...names.map(({ id, name, kind }) => ({
              value: id,
              label: `${name} · ${named('nameKind', kind)}`,
            })),
          ]}
        />
      )}
      {choosing.error && (
        <p className="notice" role="alert">
          {problemWords(choosing.error)}
        </p>
      )}
      {known?.isGuarded && <p className="small">{t('known.guarded')}</p>}
      {known && known.shown.length > 0 && (
        <>
          <h2>{t('known.shown')}</h2>
          <ul className="us-names">
            {known.shown.map(({ name, shownIn, of, at }) => (
              <li key={`${of}-${name}`}>
                <strong>{name}</strong>
                <span className="small quiet">
                  {named('shownIn', shownIn)}, {dateOf(at)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <HeadChoice partyId={partyId} />
      <PlainWords partyId={partyId} />
      <p>
        <Link to="/us">{t('known.ours')}</Link>
      </p>
    </section>
  );
}
