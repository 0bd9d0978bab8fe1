import { localOf } from '../../../kernel/calendar.ts';
import { type Caller, DECIDERS, type Role, WORKERS } from '../../../kernel/http.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import { type Book, deciding } from '../../ledger/deciding.actions.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { WORKSPACE_STREAM } from '../../ledger/ledger.ts';
import { loadWorkspace } from '../../ledger/workspace.store.ts';
import type { Lang, Words3 } from '../pack.ts';
import type { Packs } from '../packs.store.ts';
import { readPolicyPack } from './pack.store.ts';
import type { PolicyPack, PolicyQuestion } from './pack.ts';
import { loadPolicies, type PolicyRow, projectPolicies, workersOf } from './policy.store.ts';
import {
  type Answers,
  decideAnswers,
  type PolicyDocument,
  type PolicyId,
  type PolicyRefusal,
} from './policy.ts';
import { documentsOf } from './text.ts';

export type PolicyWish = { readonly lang: Lang; readonly answers: Answers };
type Made = {
  readonly answers: Answers;
  readonly documents: readonly PolicyDocument[];
  readonly pack: PolicyPack;
};

/** The texts that answers would make; nothing is recorded. */
export async function previewPolicy(
  ledger: Ledger,
  { lang, answers }: PolicyWish,
): Promise<Outcome<Made, PolicyRefusal>> {
  const pack = await readPolicyPack();
  const { zone } = await loadWorkspace(ledger.db, ledger.workspaceId);
  const { date } = localOf({ zone }, ledger.chance.now());
  const decided = decideAnswers(pack.questions, answers, date);
  if (!decided.ok) return decided;
  return accept({ answers: decided.value, documents: documentsOf(pack, lang, decided.value), pack });
}

/** Makes the next version of a language; it takes the place of the one before, which stays to be read. */
export async function publishPolicy(
  ledger: Ledger,
  { actor }: Caller,
  wish: PolicyWish,
): Promise<Outcome<{ readonly id: PolicyId; readonly version: number }, PolicyRefusal>> {
  const made = await previewPolicy(ledger, wish);
  if (!made.ok) return made;
  const { answers, documents, pack } = made.value;
  return deciding(ledger, actor, 'policy', async (book) => {
    const before = await currentIn(ledger, book, wish.lang);
    if (before && isSame(before.documents, documents))
      return refuse('policy-unchanged', { version: before.version });
    const id = ledger.newId() as PolicyId;
    const version = (before?.version ?? 0) + 1;
    const reviewOn = String(answers[pack.questions.find(({ kind }) => kind === 'day')?.id ?? ''] ?? '');
    const fact = {
      kind: 'policy.published',
      id,
      lang: wish.lang,
      version,
      answers,
      documents,
      reviewOn,
    } as const;
    await book.record(WORKSPACE_STREAM, [fact], projectPolicies);
    return accept({ id, version });
  });
}

function isSame(some: readonly PolicyDocument[], others: readonly PolicyDocument[]): boolean {
  const wordsOf = (documents: readonly PolicyDocument[]) =>
    documents.map(({ id, title, text }) => `${id}\n${title}\n${text}`).join('\n');
  return wordsOf(some) === wordsOf(others);
}

async function currentIn({ workspaceId }: Ledger, { tx }: Book, lang: Lang): Promise<PolicyRow | null> {
  const policies = await loadPolicies(tx, workspaceId);
  return policies.find((one) => one.lang === lang && one.isCurrent) ?? null;
}

/** Records that somebody has read a version. Who has read it already changes nothing. */
export function markRead(
  ledger: Ledger,
  { actor }: Caller,
  id: string,
): Promise<Outcome<null, PolicyRefusal>> {
  return deciding(ledger, actor, 'policy', async (book) => {
    const found = (await loadPolicies(book.tx, ledger.workspaceId)).find((one) => one.id === id);
    if (!found) return refuse('policy-unknown');
    if (!found.isCurrent) return refuse('policy-superseded', { version: found.version });
    if (found.reads.some(({ member }) => member === actor)) return accept(null);
    await book.record(WORKSPACE_STREAM, [{ kind: 'policy.read', id: found.id } as const], projectPolicies);
    return accept(null);
  });
}

/** What is asked, in order. */
export async function policyQuestions(): Promise<readonly PolicyQuestion[]> {
  return (await readPolicyPack()).questions;
}

/** Where the days of a policy and of a procedure differ: a suggestion, nothing is changed by it. */
export type Suggestion = {
  readonly pack: string;
  readonly title: Words3;
  readonly step: Words3;
  readonly says: number;
  readonly now: number;
};

/** Every version, with who has read it; only who decides sees who has not. */
export async function viewPolicies(ledger: Ledger, packs: Packs, caller: Caller) {
  const { db, workspaceId } = ledger;
  const [policies, workers, { questions }] = await Promise.all([
    loadPolicies(db, workspaceId),
    workersOf(db, workspaceId, WORKERS),
    readPolicyPack(),
  ]);
  const { zone } = await loadWorkspace(db, workspaceId);
  const { date } = localOf({ zone }, ledger.chance.now());
  const suggestions = await suggestionsFor(packs, questions);
  return policies.map(({ reads, ...row }) => ({
    ...row,
    isReviewDue: row.isCurrent && row.reviewOn < date,
    readAt: reads.find(({ member }) => member === caller.actor)?.at ?? null,
    reads: includes(DECIDERS, caller.role) ? reads : null,
    unread: includes(DECIDERS, caller.role) && row.isCurrent ? unreadBy(workers, reads) : null,
    suggestions: row.isCurrent ? suggestions(row.answers) : [],
  }));
}

/** Who does the daily work and has not read it. */
function unreadBy(workers: readonly string[], reads: PolicyRow['reads']): readonly string[] {
  return workers.filter((worker) => reads.every(({ member }) => member !== worker));
}

function includes(roles: readonly Role[], role: Role): boolean {
  return roles.includes(role);
}

async function suggestionsFor(packs: Packs, questions: readonly PolicyQuestion[]) {
  const loaded = (await packs.load()).packs;
  return (answers: Answers): readonly Suggestion[] =>
    questions.flatMap((question) => {
      if (question.kind !== 'days' || !question.suggests) return [];
      const { pack: id, steps } = question.suggests;
      const pack = loaded.find((one) => one.pack.id === id)?.pack;
      const says = Number(answers[question.id]);
      const dated = pack?.steps.filter((step) => steps.includes(step.id)) ?? [];
      return dated.flatMap(({ title: step, due }) =>
        due && due.count !== says ? [{ pack: id, title: pack!.title, step, says, now: due.count }] : [],
      );
    });
}
