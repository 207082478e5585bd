import { decoratorStatesType } from './decorator-states-type.js'
import { mutationCallsService } from './mutation-calls-service.js'
import { noProcessEnvOutsideConfig } from './no-process-env-outside-config.js'
import { noUnthrownError } from './no-unthrown-error.js'
import { serviceWriteAsksPolicy } from './service-write-asks-policy.js'

/** The house rules that no public plugin knows (style.md, section 5). Each has its test in test/contract/eslint-rules/. */
export const rules = {
  'decorator-states-type': decoratorStatesType,
  'mutation-calls-service': mutationCallsService,
  'no-process-env-outside-config': noProcessEnvOutsideConfig,
  'no-unthrown-error': noUnthrownError,
  'service-write-asks-policy': serviceWriteAsksPolicy,
}
