/** Where a started server listens: a folder for its socket, or a loopback port where sockets are missing. */
export type Endpoint = { readonly host: string; readonly port: number };

/** The files that hold a server's settings, by name. */
export function settingsFiles(version: number, endpoint: Endpoint): Readonly<Record<string, string>> {
  const everyone = isFolder(endpoint.host) ? 'local all all' : 'host all all 127.0.0.1/32';
  return { 'postgresql.conf': settingsText(version, endpoint), 'pg_hba.conf': `${everyone} scram-sha-256\n` };
}

function settingsText(version: number, endpoint: Endpoint): string {
  const lines = Object.entries({
    ...SETTINGS,
    ...(version >= 18 ? SETTINGS_18 : {}),
    ...endpointSettings(endpoint),
  });
  const text = lines.map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`).join('\n');
  return `# Written at each start of evenkeel: this is not the place for changes.\n${text}\n`;
}

function endpointSettings(endpoint: Endpoint): Record<string, string> {
  const port = String(endpoint.port);
  if (!isFolder(endpoint.host)) return { listen_addresses: endpoint.host, unix_socket_directories: '', port };
  // The value is a list, so a name with a comma or a space is quoted once more.
  const folder = `"${endpoint.host.replaceAll('"', '""')}"`;
  return { listen_addresses: '', unix_socket_directories: folder, unix_socket_permissions: '0700', port };
}

const SETTINGS: Readonly<Record<string, string>> = {
  cluster_name: 'evenkeel',
  max_connections: '40',
  // What does not fit lies in the system's own cache, which gives way when others need the memory.
  shared_buffers: '64MB',
  work_mem: '32MB',
  maintenance_work_mem: '64MB',
  huge_pages: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_compression: 'on',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  gin_pending_list_limit: '16MB',
  random_page_cost: '1.1',
  jit: 'off',
  autovacuum: 'on',
  // An import of a hundred thousand mails takes two minutes: tidying after it once is cheaper than twice meanwhile.
  autovacuum_naptime: '5min',
  // Rows are reached by keys; counting words and texts of 30,000 rows for the planner takes seconds and changes no plan.
  default_statistics_target: '20',
  autovacuum_max_workers: '2',
  // Counts and pages are answered from indexes; a worker costs more to start than it saves.
  max_parallel_workers_per_gather: '0',
  // The index of words is made by two: the rows are few and their words many, so that by their size one would do it alone.
  min_parallel_table_scan_size: '256kB',
  max_worker_processes: '4',
  max_logical_replication_workers: '0',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  default_text_search_config: 'pg_catalog.simple',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_line_prefix: '%m [%p] ',
  // A failed statement is reported to its caller; in the log its text would outlive the erasure of a record.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

const SETTINGS_18: Readonly<Record<string, string>> = {
  // Saves the three processes that read ahead.
  io_method: 'sync',
  autovacuum_worker_slots: '2',
};

function isFolder(host: string): boolean {
  return host.startsWith('/');
}
