import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { acceptClauses } from '../generated/sdk.gen.ts';
import { interactionQuery } from '../interaction/interaction.queries.ts';
import { t } from '../words/t.ts';
import { CitePicker } from './cite-picker.tsx';
import { DoForm } from './do-form.tsx';
import type { Cite, PartyPerson, Proof } from './shapes.ts';

type Accepting = {
  partyId: string;
  agreementId: string;
  /** Null for everything that is offered. */
  clauseId: string | null;
  people: readonly PartyPerson[];
  onDone: () => void;
};

/** Who said yes, and what shows it: a line of theirs, or a document in a message of theirs. */
export function AcceptForm({ partyId, agreementId, clauseId, people, onDone }: Accepting) {
  const [cite, setCite] = useState<Cite | null>(null);
  const [sha256, setSha256] = useState('');
  const [personId, setPersonId] = useState('');
  const act = () =>
    acceptClauses({
      path: { id: agreementId },
      body: { clauseId, personId: personId || null, proof: proofOf(cite!, sha256) },
    });
  const entitled = people.filter(({ mayAgree, hasLeft }) => mayAgree && !hasLeft);
  return (
    <DoForm
      says={t('clause.accept')}
      doneSays={t('clause.accepted')}
      act={act}
      onDone={onDone}
      onCancel={onDone}
      lacks={cite ? null : t('clause.proofNeeded')}
    >
      <CitePicker partyId={partyId} side="theirs" says={t('clause.proof')} cite={cite} onPick={setCite} />
      {cite && <DocumentChoice interactionId={cite.interactionId} sha256={sha256} onChoose={setSha256} />}
      {entitled.length > 0 && (
        <label>
          {t('clause.who')}
          <select value={personId} onChange={(event) => setPersonId(event.currentTarget.value)}>
            <option value="">{t('clause.whoUnnamed')}</option>
            {entitled.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
    </DoForm>
  );
}

function proofOf(cite: Cite, sha256: string): Proof {
  return sha256 === ''
    ? { kind: 'line', ...cite }
    : { kind: 'document', interactionId: cite.interactionId, sha256 };
}

type Choice = { interactionId: string; sha256: string; onChoose: (sha256: string) => void };

/** Whether the words themselves say yes, or a document that came with them. */
function DocumentChoice({ interactionId, sha256, onChoose }: Choice) {
  const attachments = useQuery({ ...interactionQuery(interactionId), throwOnError: true }).data?.attachments;
  if (!attachments?.length) return null;
  return (
    <label>
      {t('clause.document')}
      <select value={sha256} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{t('clause.documentNone')}</option>
        {attachments.map((one) => (
          <option key={one.sha256} value={one.sha256}>
            {one.name ?? one.mediaType}
          </option>
        ))}
      </select>
    </label>
  );
}
