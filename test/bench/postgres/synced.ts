/** PostgreSQL as a small machine has it; what is committed is synced to the disk. */
export const SYNCED = ['shared_buffers=512MB', 'max_wal_size=4GB'];
