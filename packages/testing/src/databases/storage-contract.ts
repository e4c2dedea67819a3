import { bulkContract } from './contract/bulk.js';
import { diagnosisContract } from './contract/diagnosis.js';
import { freshSubject } from './contract/subject.js';
import { transactionContract } from './contract/transactions.js';
import { valueContract } from './contract/values.js';
import type { TestDatabase } from './test-database.js';

/**
 * What every storage plugin must do; run it in a `describe` of the plugin's own tests.
 *
 * @example describe('my storage', () => storageContract(openMine))
 */
export function storageContract(open: () => Promise<TestDatabase>): void {
  const subject = freshSubject(open);
  bulkContract(subject);
  valueContract(subject);
  transactionContract(subject);
  diagnosisContract(subject);
}
