import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The test files that take more than fifteen seconds in a whole run, longest first. They are begun first, so that none is
 * left over at the end, when the other worker has nothing more to do.
 */
export const LONG: readonly string[] = [
  'apps/web/test/matters.e2e.ts',
  'apps/web/test/story-walk.e2e.ts',
  'packages/records/test/fuzz-formats.test.ts',
  'apps/web/test/verify-page.e2e.ts',
  'apps/web/test/verify-page-reader.e2e.ts',
  'apps/evenkeel/test/cli/backup.test.ts',
  'scripts/test/packed.test.ts',
  'apps/evenkeel/test/story/whole-story.test.ts',
  'apps/web/test/restriction.e2e.ts',
  'apps/evenkeel/test/cli/record.test.ts',
  'apps/web/test/mailboxes.e2e.ts',
  'apps/evenkeel/test/interaction/import-faults.test.ts',
  'apps/evenkeel/test/procedure/situations.test.ts',
  'apps/evenkeel/test/outbox/sending.test.ts',
  'apps/web/test/screening.e2e.ts',
  'apps/evenkeel/test/interaction/corpora.test.ts',
  'apps/web/test/situations.e2e.ts',
  'apps/evenkeel/test/casefile/erasure-story.test.ts',
  'apps/evenkeel/test/procedure/deadline-plays.test.ts',
  'apps/web/test/first-light.e2e.ts',
  'apps/evenkeel/test/bundle/bundle.test.ts',
  'apps/evenkeel/test/interaction/mailbox.test.ts',
  'apps/evenkeel/test/app/kill.test.ts',
  'packages/proof/test/bundle.test.ts',
  'apps/web/test/apart.e2e.ts',
  'apps/evenkeel/test/app/replay.test.ts',
  'apps/evenkeel/test/casefile/erasure-files.test.ts',
  'apps/web/test/people.e2e.ts',
  'apps/evenkeel/test/app/second-process.test.ts',
  'apps/web/test/mail-facts.e2e.ts',
  'apps/web/test/promises.e2e.ts',
  'apps/web/test/erasure.e2e.ts',
  'apps/web/test/threads-and-bundles.e2e.ts',
];

/** The long files, and then the others as Vitest would have them. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const placeOf = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((path) => moduleId === `${root}/${path}`);
      return at < 0 ? LONG.length : at;
    };
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
