export {
  confirmSecondFactor,
  disableSecondFactor,
  enableSecondFactor,
  getSecondFactor,
  renewRecoveryCodes,
  resetSecondFactor,
} from './actions.js';
export { checkCode, type FactorCheck, lacksSecondFactor } from './check.js';
export {
  Code,
  NewSecondFactor,
  RecoveryCodes,
  SecondFactorCode,
  SecondFactorProof,
  SecondFactorSecret,
  SecondFactorStatus,
} from './schema.js';
