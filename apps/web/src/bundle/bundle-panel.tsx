import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { partyQuery } from '../client/client.queries.ts';
import { PaneTitle } from '../client/pane-title.tsx';
import { picks, picksOf, startPicking } from '../client/picks.ts';
import { useSession } from '../session/session.queries.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { READER_ZONE } from '../words/when.ts';
import { makeBundle, saveFile } from './bundle.queries.ts';
import { BundleMade } from './bundle-made.tsx';
import './bundle.css';

const route = getRouteApi('/clients/$partyId/bundle');
const ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** Make a bundle of one client: which messages, in which zone, then how to check what came out. */
export function BundlePanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const party = useQuery(partyQuery(partyId)).data;
  const { ids } = picksOf(picks.use(), partyId);
  const [takesAll, setTakesAll] = useState(ids.size === 0);
  const [zone, setZone] = useZone();
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const making = useMutation({
    mutationFn: () => {
      stop.current = new AbortController();
      return makeBundle({ party: partyId, exhibits: takesAll ? null : [...ids], zone }, stop.current.signal);
    },
    onSuccess: ({ file, fileName }) => saveFile(file, fileName),
  });
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  const pickOnTimeline = () => {
    setTakesAll(false);
    startPicking(partyId);
    if (window.matchMedia('(max-width: 900px)').matches) leave();
  };
  return (
    <section className="bundle stack" aria-labelledby="bundle-title">
      <PaneTitle
        id="bundle-title"
        says={t('bundle.title', { name: party?.name ?? '' })}
        closeSays={t('bundle.close')}
        onClose={leave}
      />
      <p className="quiet">{t('bundle.what')}</p>
      <fieldset className="bundle-which">
        <legend>{t('bundle.which')}</legend>
        <label>
          <input type="radio" name="which" checked={takesAll} onChange={() => setTakesAll(true)} />
          {t('bundle.all', { count: party?.interactions ?? 0 })}
        </label>
        <label>
          <input type="radio" name="which" checked={!takesAll} onChange={pickOnTimeline} />
          {t('bundle.picked', { count: ids.size })}
        </label>
        {!takesAll && (
          <p className="small quiet">
            {t('bundle.pickHow')}{' '}
            <button type="button" className="link-button" onClick={pickOnTimeline}>
              {t('bundle.pick')}
            </button>
          </p>
        )}
      </fieldset>
      <label className="bundle-zone">
        {t('bundle.zone')}
        <select value={zone} onChange={(event) => setZone(event.currentTarget.value)}>
          {ZONES.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <span className="small quiet">{t('bundle.zoneWhy')}</span>
      </label>
      {making.error && (
        <p className="notice" role="alert">
          {problemWords(making.error)}
        </p>
      )}
      <div className="row">
        <Button
          loading={making.isPending}
          disabled={!takesAll && ids.size === 0}
          onClick={() => making.mutate()}
        >
          {t('bundle.make')}
        </Button>
        {making.isPending && (
          <button type="button" className="link-button" onClick={() => stop.current.abort()}>
            {t('bundle.cancel')}
          </button>
        )}
        {!takesAll && ids.size === 0 && <span className="small quiet">{t('bundle.pickFirst')}</span>}
      </div>
      {making.data && <BundleMade made={making.data} />}
    </section>
  );
}

function useZone() {
  const stated = useSession().data?.workspace.zone;
  const [chosen, setChosen] = useState<string>();
  // UTC is what a workspace has before anyone chose; the reader's own zone is the better guess.
  const zone = chosen ?? (stated === 'UTC' ? undefined : stated) ?? READER_ZONE;
  return [ZONES.includes(zone) ? zone : 'UTC', setChosen] as const;
}
