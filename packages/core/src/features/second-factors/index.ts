export {
  confirmSecondFactor,
  disableSecondFactor,
  enableSecondFactor,
  getSecondFactor,
  resetSecondFactor,
} from './actions.js';
export { checkCode, type FactorCheck, lacksSecondFactor } from './check.js';
export {
  Code,
  NewSecondFactor,
  RecoveryCodes,
  SecondFactorCode,
  SecondFactorRemoval,
  SecondFactorSecret,
  SecondFactorStatus,
} from './schema.js';
