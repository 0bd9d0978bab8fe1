import { useQuery, useQueryClient } from '@tanstack/react-query';
import { PageTitle } from '../shell/page-title.tsx';
import { named, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { InviteSection } from './invite-section.tsx';
import { peopleQuery } from './people.queries.ts';
import { PersonLine } from './person-line.tsx';
import { useSession } from './session.queries.ts';
import './us.css';

/** Who works here, who is asked to, and who did. Only an owner sees it. */
export function PeoplePage() {
  const isOwner = useSession().data?.member?.role === 'owner';
  return (
    <div className="page us">
      <PageTitle says={t('people.title')} />
      <header className="page-head">
        <h1>{t('people.title')}</h1>
      </header>
      {isOwner ? <People /> : <p>{t('people.ownersOnly')}</p>}
    </div>
  );
}

function People() {
  const queries = useQueryClient();
  const people = useQuery({ ...peopleQuery, throwOnError: true }).data;
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: peopleQuery.queryKey }),
      queries.invalidateQueries({ queryKey: ['members'] }),
    ]);
  const here = people?.members.filter(({ leftAt }) => leftAt === null) ?? [];
  const gone = people?.members.filter(({ leftAt }) => leftAt !== null) ?? [];
  return (
    <>
      <section className="us-section stack" aria-labelledby="people-here">
        <h2 id="people-here">{t('people.here')}</h2>
        <p className="quiet small">{here.length === 1 ? t('people.alone') : t('people.second')}</p>
        <ul className="us-names">
          {here.map((person) => (
            <PersonLine key={person.id} person={person} onChanged={refresh} />
          ))}
        </ul>
      </section>
      <InviteSection invitations={people?.invitations ?? []} onChanged={refresh} />
      {gone.length > 0 && (
        <section className="us-section stack" aria-labelledby="people-gone">
          <h2 id="people-gone">{t('people.gone')}</h2>
          <p className="quiet small">{t('people.goneWhy')}</p>
          <ul className="us-names">
            {gone.map(({ id, name, role, leftAt }) => (
              <li key={id}>
                <strong>{name}</strong>
                <span className="small quiet">
                  {named('memberRole', role)} · {t('people.until', { date: dateOf(leftAt ?? '') })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
