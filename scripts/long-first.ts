import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The test files that take more than twenty seconds in a whole run, longest first. They are begun first, so that none is
 * left over at the end, when the other workers have nothing more to do.
 */
export const LONG: readonly string[] = [
  'apps/web/test/accessible.e2e.ts',
  'apps/web/test/matters.e2e.ts',
  'apps/web/test/story-walk.e2e.ts',
  'apps/evenkeel/test/cli/backup.test.ts',
  'scripts/test/packed.test.ts',
  'apps/evenkeel/test/app/replay.test.ts',
  'packages/records/test/fuzz-formats.test.ts',
  'apps/evenkeel/test/app/second-process.test.ts',
  'apps/evenkeel/test/story/whole-story.test.ts',
  'apps/evenkeel/test/cli/record.test.ts',
  'packages/proof/test/bundle.test.ts',
  'apps/evenkeel/test/app/kill.test.ts',
  'apps/evenkeel/test/interaction/import-faults.test.ts',
  'apps/evenkeel/test/interaction/corpora.test.ts',
  'apps/web/test/verify-page.e2e.ts',
  'apps/evenkeel/test/procedure/deadline-plays.test.ts',
  'apps/evenkeel/test/procedure/situations.test.ts',
  'apps/evenkeel/test/outbox/sending.test.ts',
  'apps/web/test/erasure.e2e.ts',
  'apps/evenkeel/test/cli/draft.test.ts',
  'apps/evenkeel/test/bundle/bundle.test.ts',
  'apps/web/test/mailboxes.e2e.ts',
  'apps/web/test/situations.e2e.ts',
  'apps/web/test/letters-wait.e2e.ts',
  'apps/web/test/screening.e2e.ts',
  'packages/proof/test/second-verifier.test.ts',
  'apps/evenkeel/test/casefile/erasure-files.test.ts',
  'apps/web/test/language.e2e.ts',
  'apps/evenkeel/test/kernel/postgres.test.ts',
  'apps/web/test/people.e2e.ts',
  'apps/evenkeel/test/interaction/mailbox.test.ts',
  'apps/web/test/threads-and-bundles.e2e.ts',
  'apps/web/test/first-light.e2e.ts',
  'apps/web/test/mail-facts.e2e.ts',
  'apps/web/test/restriction.e2e.ts',
  'packages/language/test/packs.test.ts',
  'apps/evenkeel/test/cli/hold.test.ts',
];

/**
 * The long files; then those that share their processes, with those that have one each spread among them. These mostly
 * wait for a browser, and whoever goes on to one of them leaves a process that has run many files.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const placeOf = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((path) => moduleId === `${root}/${path}`);
      return at < 0 ? LONG.length : at;
    };
    const sorted = (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b));
    const isLong = (file: TestSpecification) => placeOf(file) < LONG.length;
    const others = sorted.filter((file) => !isLong(file));
    const isShared = ({ project }: TestSpecification) => !project.config.isolate;
    return [
      ...sorted.filter(isLong),
      ...spread(
        others.filter(isShared),
        others.filter((file) => !isShared(file)),
      ),
    ];
  }
}

/** All of them in their order, the second ones at even distances among the first. */
function spread<T>(most: readonly T[], few: readonly T[]): readonly T[] {
  const distance = (most.length + 1) / (few.length + 1);
  const placed = [
    ...most.map((one, at) => ({ one, at: at + 1 })),
    ...few.map((one, at) => ({ one, at: (at + 1) * distance })),
  ];
  return placed.toSorted((a, b) => a.at - b.at).map(({ one }) => one);
}
