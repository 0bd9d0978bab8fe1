import { useState } from 'react';
import { namePerson, personLeft } from '../generated/sdk.gen.ts';
import { t } from '../words/t.ts';
import { DoForm, ReasonForm } from './do-form.tsx';
import type { PartyPerson } from './shapes.ts';

/** People inside a client, and who of them may agree for it. */
export function PeopleSection({ partyId, people }: { partyId: string; people: readonly PartyPerson[] }) {
  const [isAdding, setAdding] = useState(false);
  return (
    <section className="sheet">
      <h2 className="answer-head">{t('person.title')}</h2>
      {people.length === 0 && <p className="answer-none quiet">{t('person.none')}</p>}
      <ul>
        {people.map((person) => (
          <PersonLine key={person.id} partyId={partyId} person={person} />
        ))}
      </ul>
      {isAdding ? (
        <PersonForm partyId={partyId} person={null} onDone={() => setAdding(false)} />
      ) : (
        <p className="terms-line terms-actions">
          <button type="button" className="link-button" onClick={() => setAdding(true)}>
            {t('person.add')}
          </button>
        </p>
      )}
    </section>
  );
}

function PersonLine({ partyId, person }: { partyId: string; person: PartyPerson }) {
  const [open, setOpen] = useState<'change' | 'left' | null>(null);
  const close = () => setOpen(null);
  const { name, role, mayAgree, limits, hasLeft } = person;
  return (
    <li className="terms-line">
      <span className="row">
        <strong>{name}</strong>
        {role && <span className="small quiet">{role}</span>}
        <span className={mayAgree ? 'terms-state' : 'terms-state terms-state-open'}>
          {hasLeft ? t('person.hasLeft') : mayAgree ? t('person.mayAgree') : t('person.mayNot')}
        </span>
        {limits && <span className="small quiet">{limits}</span>}
      </span>
      {!hasLeft && open === null && (
        <div className="terms-actions">
          <button type="button" className="link-button" onClick={() => setOpen('change')}>
            {t('person.change')}
          </button>
          <button type="button" className="link-button" onClick={() => setOpen('left')}>
            {t('person.left')}
          </button>
        </div>
      )}
      {open === 'change' && <PersonForm partyId={partyId} person={person} onDone={close} />}
      {open === 'left' && <LeftForm id={person.id} onDone={close} />}
    </li>
  );
}

function LeftForm({ id, onDone }: { id: string; onDone: () => void }) {
  const [reason, setReason] = useState('');
  return (
    <ReasonForm
      says={t('person.left')}
      doneSays={t('person.hasLeft')}
      reason={reason}
      onReason={setReason}
      act={() => personLeft({ path: { id }, body: { reason } })}
      onDone={onDone}
      onCancel={onDone}
    />
  );
}

type Naming = { partyId: string; person: PartyPerson | null; onDone: () => void };

function PersonForm({ partyId, person, onDone }: Naming) {
  const [name, setName] = useState(person?.name ?? '');
  const [role, setRole] = useState(person?.role ?? '');
  const [mayAgree, setMayAgree] = useState(person?.mayAgree ?? false);
  const [limits, setLimits] = useState(person?.limits ?? '');
  const body = { id: person?.id ?? null, name, role: role || null, mayAgree, limits: limits || null };
  return (
    <DoForm
      says={t('person.keep')}
      doneSays={t('person.kept')}
      act={() => namePerson({ path: { id: partyId }, body: { ...body, cite: person?.cite ?? null } })}
      onDone={onDone}
      onCancel={onDone}
      lacks={name.trim() === '' ? t('person.nameNeeded') : null}
    >
      <div className="do-pair">
        <label>
          {t('person.name')}
          <input value={name} onChange={(event) => setName(event.currentTarget.value)} />
        </label>
        <label>
          {t('person.role')}
          <input value={role} onChange={(event) => setRole(event.currentTarget.value)} />
        </label>
        <label>
          {t('person.limits')}
          <input value={limits} onChange={(event) => setLimits(event.currentTarget.value)} />
        </label>
      </div>
      <label className="do-check">
        <input type="checkbox" checked={mayAgree} onChange={() => setMayAgree((now) => !now)} />
        {t('person.mayAgree')}
      </label>
    </DoForm>
  );
}
