import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { HeldBackNote } from '../apart/held-back-note.tsx';
import { partyQuery } from '../client/client.queries.ts';
import { PaneTitle } from '../client/pane-title.tsx';
import { picks, picksOf, startPicking } from '../client/picks.ts';
import { DisclosureSection } from '../disclosure/disclosure-section.tsx';
import { useDisclosing } from '../disclosure/use-disclosing.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { makeBundle, saveFile } from './bundle.queries.ts';
import { BundleContents, useContents } from './bundle-contents.tsx';
import { BundleMade } from './bundle-made.tsx';
import { CarriedName, useCarried } from './carried-name.tsx';
import { PairsNote } from './pairs-note.tsx';
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
  // Our own zone would tell where we are: another is printed only when it is asked for.
  const [zone, setZone] = useState('UTC');
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const contents = useContents();
  const exhibits = takesAll ? null : [...ids];
  const disclosing = useDisclosing(partyId, exhibits);
  const carried = useCarried(partyId);
  const making = useMutation({
    mutationFn: (remaining: 'refuse' | 'withhold' | 'send') => {
      stop.current = new AbortController();
      const { disclosure } = disclosing;
      const asked = { party: partyId, exhibits, zone, disclosure, remaining };
      const order = { ...asked, ...contents.order, ...carried.order };
      return makeBundle(order, stop.current.signal);
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
        says={party ? t('bundle.title', { name: party.name }) : ''}
        closeSays={t('bundle.close')}
        onClose={leave}
      />
      <p className="quiet">{t('bundle.what')}</p>
      <p className="bundle-links">
        <Link to="/clients/$partyId/as-client" params={{ partyId }} search={(now) => now}>
          {t('asClient.link')}
        </Link>
        <Link to="/bundles">{t('bundles.title')}</Link>{' '}
        <a href={`/api/parties/${partyId}/folder.zip`} download>
          {t('bundle.plainFolder')}
        </a>
      </p>
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
        <PairsNote partyId={partyId} takesAll={takesAll} ids={ids} />
      </fieldset>
      <BundleContents partyId={partyId} contents={contents} />
      <label className="bundle-zone">
        {t('bundle.zone')}
        <select value={zone} onChange={(event) => setZone(event.currentTarget.value)}>
          {ZONES.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <span className="small quiet">{t('bundle.zoneWhy')}</span>
      </label>
      <CarriedName carried={carried} />
      {disclosing.found && <DisclosureSection found={disclosing.found} deciding={disclosing} />}
      {making.error && (
        <p className="notice" role="alert">
          {problemWords(making.error)}
        </p>
      )}
      <HeldBackNote
        error={making.error}
        partyId={partyId}
        onChoose={(remaining) => making.mutate(remaining)}
      />
      <div className="row">
        <Button
          loading={making.isPending}
          disabled={(!takesAll && ids.size === 0) || !disclosing.isDecided || !carried.isDecided}
          onClick={() => making.mutate('refuse')}
        >
          {t('bundle.make')}
        </Button>
        {making.isPending && (
          <button type="button" className="link-button" onClick={() => stop.current.abort()}>
            {t('bundle.cancel')}
          </button>
        )}
        {!disclosing.isDecided && <span className="small quiet">{t('disclose.first')}</span>}
        {!takesAll && ids.size === 0 && <span className="small quiet">{t('bundle.pickFirst')}</span>}
      </div>
      {making.data && <BundleMade made={making.data} />}
    </section>
  );
}
