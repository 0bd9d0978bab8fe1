import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * Completes package-lock.json: `npm ci` refuses a lock file in which a package of another platform is missing, and
 * npm leaves out those that the registry it asked does not serve. Run it after `npm install`; `--check` only looks.
 */
const lockFile = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const lock = JSON.parse(readFileSync(lockFile, 'utf8'));
const missing = missingPackages(lock.packages);
const names = missing.map(([path]) => path.slice('node_modules/'.length));

if (missing.length === 0) console.log('package-lock.json is complete.');
else if (values.check)
  fail(`package-lock.json lacks ${names.join(', ')}: run node scripts/complete-lock.mjs.`);
else complete();

function complete() {
  const all = Object.entries({ ...lock.packages, ...Object.fromEntries(missing) });
  lock.packages = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json now names ${names.join(', ')}.`);
}

function fail(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}

function missingPackages(packages) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map(([name, version]) => [`node_modules/${name}`, { version, optional: true, ...platformOf(name) }]),
  );
}

/** Where a package is for, as its name tells: without it, npm would try to install it everywhere. */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = words.find((word) =>
    /^(win32|darwin|linux|android|freebsd|openbsd|netbsd|sunos|aix|openharmony)$/.test(word),
  );
  const cpu = words.find((word) => /^(x64|arm64|arm|ia32|ppc64|riscv64|s390x|loong64|wasm32)$/.test(word));
  if (!os || !cpu) throw new Error(`The name of ${name} does not tell which platform it is for.`);
  const libc = /musl/.test(name) ? 'musl' : /gnu/.test(name) ? 'glibc' : undefined;
  return { cpu: [cpu], ...(libc && os === 'linux' ? { libc: [libc] } : {}), os: [os] };
}
