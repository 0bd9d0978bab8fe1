import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { CopyView } from '../apart/copy-view.tsx';
import type { InteractionInPlace } from '../api/shapes.ts';
import { LetterDone } from '../mailbox/letter-done.tsx';
import { useKeys } from '../shell/keys.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { named, t } from '../words/t.ts';
import { AttachmentsView } from './attachments-view.tsx';
import { interactionQuery } from './interaction.queries.ts';
import { InteractionHead } from './interaction-head.tsx';
import { LettersLine } from './letters-inside.tsx';
import { OriginalView } from './original-view.tsx';
import { ProvenanceView } from './provenance-view.tsx';
import { ReadableView } from './readable-view.tsx';
import { Tabs } from './tabs.tsx';
import './interaction.css';

type View = 'copy' | 'readable' | 'original' | 'attachments' | 'provenance';

const inClient = getRouteApi('/clients/$partyId/interactions/$interactionId');
const alone = getRouteApi('/interactions/$interactionId');

/** One interaction beside its client's timeline. */
export function ClientInteraction() {
  const { interactionId, partyId } = inClient.useParams();
  const navigate = inClient.useNavigate();
  const close = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  return <OneInteraction id={interactionId} onClose={close} />;
}

/** One interaction on a page of its own. */
export function InteractionPage() {
  const { history } = useRouter();
  const { interactionId } = alone.useParams();
  const row = useQuery(interactionQuery(interactionId)).data?.row;
  return (
    <div className="interaction-alone">
      <PageTitle says={row ? row.subject || named('kind', row.kind) : ''} />
      <OneInteraction id={interactionId} onClose={() => history.back()} />
    </div>
  );
}

function OneInteraction({ id, onClose }: { id: string; onClose: () => void }) {
  const [view, setView] = useState<View>('readable');
  const { data, error } = useQuery({ ...interactionQuery(id), placeholderData: (before) => before });
  const toggle = (name: View) => setView((now) => (now === name ? 'readable' : name));
  useKeys([
    { keys: 'o', says: 'keys.original', run: () => toggle('original') },
    { keys: 'p', says: 'keys.provenance', run: () => toggle('provenance') },
  ]);
  if (error) throw error;
  if (!data) return <p className="interaction quiet">{t('list.loading')}</p>;
  const attachments = data.attachments.length;
  return (
    <article className="interaction" aria-labelledby="interaction-subject">
      <InteractionHead interaction={data} onClose={onClose} />
      <Tabs
        label={t('interaction.views')}
        open={view}
        onOpen={setView}
        tabs={[
          { name: 'readable', says: t('view.readable') },
          { name: 'original', says: t('view.original') },
          {
            name: 'attachments',
            says: t('view.attachments', { count: attachments }),
            isEmpty: attachments === 0,
          },
          { name: 'provenance', says: t('view.provenance') },
          { name: 'copy', says: t('view.copy'), isEmpty: data.row.parties.length === 0 },
        ]}
      >
        <OpenView view={view} interaction={data} onAttachments={() => setView('attachments')} />
      </Tabs>
    </article>
  );
}

type Open = { view: View; interaction: InteractionInPlace; onAttachments: () => void };

function OpenView({ view, interaction, onAttachments }: Open) {
  const { id } = interaction.row;
  if (view === 'copy') return <CopyView key={id} interaction={interaction} />;
  if (view === 'original') return <OriginalView key={id} interaction={interaction} />;
  if (view === 'attachments') return <AttachmentsView key={id} interaction={interaction} />;
  if (view === 'provenance') return <ProvenanceView key={id} interaction={interaction} />;
  return (
    <>
      {interaction.row.direction === 'outbound' && <LetterDone interaction={id} />}
      <LettersLine letters={interaction.letters} onOpen={onAttachments} />
      <ReadableView key={id} interaction={interaction} />
    </>
  );
}
