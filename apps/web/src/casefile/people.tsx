import { nameCasePerson, removeCasePerson } from '../generated/sdk.gen.ts';
import type { Case } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { Act, Why, wordsOf } from './act.tsx';

const ROLES = ['responsible', 'second', 'mediator', 'lawyer', 'their-side', 'their-lawyer'] as const;
type Role = (typeof ROLES)[number];

/** Who is who. Each role is shown, so that nobody overlooks that there is no lawyer yet. */
export function People({ found }: { found: Case }) {
  const name = (fields: FormData) =>
    nameCasePerson({
      path: { id: found.id },
      body: {
        role: wordsOf(fields, 'role') as Role,
        name: wordsOf(fields, 'name'),
        reach: wordsOf(fields, 'reach') || null,
      },
    });
  return (
    <section className="section" aria-labelledby="case-people">
      <h2 id="case-people">{t('case.people')}</h2>
      <dl className="sheet case-people">
        {ROLES.map((role) => (
          <RoleLine key={role} role={role} found={found} />
        ))}
      </dl>
      <Act says={t('case.namePerson')} run={name}>
        <label className="field">
          {t('case.role')}
          <select name="role">
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {t(`caserole.${role}`)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {t('case.personName')}
          <input name="name" required maxLength={300} />
        </label>
        <label className="field">
          {t('case.reach')}
          <input name="reach" maxLength={300} />
        </label>
      </Act>
    </section>
  );
}

function RoleLine({ role, found }: { role: Role; found: Case }) {
  const people = found.people.filter((person) => person.role === role);
  return (
    <>
      <dt>{t(`caserole.${role}`)}</dt>
      <dd>
        {people.length === 0 && <span className="quiet">{t('case.noneYet')}</span>}
        {people.map((person) => (
          <div key={person.id} className="case-person">
            <span>
              {person.name}
              {person.reach && <span className="small quiet"> · {person.reach}</span>}
            </span>
            <Act
              says={t('case.removePerson')}
              run={(fields) =>
                removeCasePerson({
                  path: { id: found.id, personId: person.id },
                  body: { reason: wordsOf(fields, 'reason') },
                })
              }
            >
              <Why />
            </Act>
          </div>
        ))}
      </dd>
    </>
  );
}
