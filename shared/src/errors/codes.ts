/** One line of the catalogue: HTTP status where it becomes one, level of the log line, sentence and remedy in both languages. */
export interface ErrorEntry {
  readonly status: number
  readonly logLevel: 'info' | 'warn' | 'error'
  readonly zh: string
  readonly en: string
  readonly remedy: { readonly zh: string; readonly en: string }
}

const REFUSALS = {
  NOT_YOUR_FUNCTION: {
    status: 403,
    logLevel: 'info',
    zh: '章程把这项职能交给了另一方。',
    en: 'The charter gives this act to another party.',
    remedy: { zh: '请由有此职能的一方办理（见 party）。', en: "Let the party named in 'party' act." },
  },
  NOT_YOUR_RECORD: {
    status: 403,
    logLevel: 'info',
    zh: '这条记录属于同类的另一方。',
    en: 'The record belongs to another party of the same kind.',
    remedy: { zh: '请由记录的所有者办理。', en: 'Let the owner of the record act.' },
  },
  NOT_A_MEMBER: {
    status: 403,
    logLevel: 'info',
    zh: '您在所指的一方没有任职。',
    en: 'You hold no post at the party named.',
    remedy: { zh: '请去掉 hub-acting-for，或选择您任职的一方。', en: 'Drop hub-acting-for or choose a party at which you hold a post.' },
  },
  NOT_VERIFIED: {
    status: 403,
    logLevel: 'info',
    zh: '这项行为需要更高的核验级别。',
    en: 'The act needs a higher level of verification.',
    remedy: { zh: '请先登录或在居委会核验居住。', en: 'Sign in, or have your residence checked by the committee.' },
  },
  NOT_ELIGIBLE: {
    status: 403,
    logLevel: 'info',
    zh: '不在社区、年龄或服务规则的范围内。',
    en: 'Outside the community, age or service rule.',
    remedy: { zh: '请选择您所在的社区。', en: 'Choose the community you live in.' },
  },
  NOT_FOUND: {
    status: 404,
    logLevel: 'info',
    zh: '没有这条记录，或您无权知道它。',
    en: 'There is no such record, or none that you may know of.',
    remedy: { zh: '请检查编号。', en: 'Check the id.' },
  },
  WRONG_STAGE: {
    status: 409,
    logLevel: 'info',
    zh: '记录所处的阶段不允许这项行为。',
    en: 'The record is not in a stage that allows the act.',
    remedy: { zh: '请先查看它的阶段和时间线。', en: 'Read its stage and timeline first.' },
  },
  ALREADY_DONE: {
    status: 409,
    logLevel: 'info',
    zh: '您已经做过；先前的记录有效。',
    en: 'You did this before; the earlier record stands.',
    remedy: { zh: '无需再做。', en: 'Nothing more to do.' },
  },
  ALREADY_DECIDED: {
    status: 409,
    logLevel: 'info',
    zh: '已经决定。',
    en: 'It has been decided already.',
    remedy: { zh: '请查看先前的决定。', en: 'Read the earlier decision.' },
  },
  TOO_EARLY: {
    status: 409,
    logLevel: 'info',
    zh: '还没有到时候。',
    en: 'It is too early for this act.',
    remedy: { zh: '请稍后再试。', en: 'Try again later.' },
  },
  TOO_LATE: {
    status: 409,
    logLevel: 'info',
    zh: '办理期限已过。',
    en: 'The time limit of the act has passed.',
    remedy: { zh: '可以重新提交一条。', en: 'Submit a new entry.' },
  },
  PROMISE_MISSING: {
    status: 422,
    logLevel: 'info',
    zh: '受理必须承诺期限。',
    en: 'Acceptance needs a time limit.',
    remedy: { zh: '请填写 promise.days 和 promise.clock。', en: 'Fill promise.days and promise.clock.' },
  },
  PROMISE_TOO_LONG: {
    status: 422,
    logLevel: 'info',
    zh: '承诺期限超过职能清单的上限。',
    en: 'The promise is longer than the limit of the function item.',
    remedy: { zh: '请缩短天数。', en: 'Promise fewer days.' },
  },
  EXTENSION_LIMIT: {
    status: 409,
    logLevel: 'info',
    zh: '延期次数已满、超过首次承诺，或期限已过。',
    en: 'Too many extensions, longer than the first promise, or the limit has already passed.',
    remedy: { zh: '请直接办结并说明。', en: 'Resolve the case and explain.' },
  },
  REASON_MISSING: {
    status: 422,
    logLevel: 'info',
    zh: '缺少理由。',
    en: 'A reason is missing.',
    remedy: { zh: '请写明理由。', en: 'State the reason.' },
  },
  OWNER_MISSING: {
    status: 422,
    logLevel: 'info',
    zh: '以“非本部门职能”退回时必须指明应当负责的职能项。',
    en: 'A decline NOT_MY_FUNCTION must name the right owner.',
    remedy: { zh: '用 whoOwns 查找后填写 suggestedOwner。', en: 'Find it with whoOwns and fill suggestedOwner.' },
  },
  ASSENT_MISSING: {
    status: 422,
    logLevel: 'info',
    zh: '代他人登记，却没有本人同意的凭据。',
    en: "Entered on behalf of a person without the trace of that person's assent.",
    remedy: { zh: '请填写 assent。', en: 'Fill assent.' },
  },
  PURPOSE_MISMATCH: {
    status: 403,
    logLevel: 'info',
    zh: '所声明的用途不允许读取这些数据。',
    en: 'The declared purpose is not allowed for this data.',
    remedy: { zh: '请以允许的用途声明 hub-purpose。', en: 'Declare an allowed purpose in hub-purpose.' },
  },
  FORBIDDEN_DATA: {
    status: 422,
    logLevel: 'info',
    zh: '文字中含有本平台从不保存的数据。',
    en: 'The text carries data that the hub never holds.',
    remedy: {
      zh: '请删去证件号、银行卡号及对个人的标签后再提交。',
      en: 'Remove id or card numbers and labels on persons, then send again.',
    },
  },
  NO_CAPACITY: {
    status: 409,
    logLevel: 'info',
    zh: '没有余量。',
    en: 'There is no capacity.',
    remedy: { zh: '请选择另一方。', en: 'Choose another party.' },
  },
  RATE_LIMITED: {
    status: 429,
    logLevel: 'info',
    zh: '请求过于频繁。',
    en: 'Too many requests.',
    remedy: { zh: '请稍候再试。', en: 'Wait and try again.' },
  },
  KEY_REUSED: {
    status: 409,
    logLevel: 'info',
    zh: '同一个 clientKey 曾用于不同的内容。',
    en: 'The same clientKey was used before with another input.',
    remedy: { zh: '请换一个新的 clientKey。', en: 'Use a fresh clientKey for a new input.' },
  },
  INVALID_INPUT: {
    status: 422,
    logLevel: 'info',
    zh: '输入有误。',
    en: 'The input is invalid.',
    remedy: { zh: '请改正 field 所指的内容。', en: "Correct the value named in 'field'." },
  },
} as const satisfies Record<string, ErrorEntry>

const FAILURES = {
  UNAUTHENTICATED: {
    status: 401,
    logLevel: 'info',
    zh: '请先登录，或登录已失效。',
    en: 'Sign in first, or the sign-in has expired.',
    remedy: { zh: '请取得新的令牌。', en: 'Get a new token.' },
  },
  FORBIDDEN: {
    status: 403,
    logLevel: 'info',
    zh: '您无权读取这一项。',
    en: 'You may not read this.',
    remedy: { zh: '请声明允许的用途，或由有权的一方查看。', en: 'Declare an allowed purpose, or let an entitled party read it.' },
  },
  BAD_REQUEST: {
    status: 400,
    logLevel: 'info',
    zh: '请求格式有误。',
    en: 'The request is malformed.',
    remedy: { zh: '请按 GraphQL over HTTP 发送。', en: 'Send it as GraphQL over HTTP says.' },
  },
  DOCUMENT_TOO_LARGE: {
    status: 400,
    logLevel: 'info',
    zh: '查询文档超过限制。',
    en: 'The document exceeds a limit.',
    remedy: { zh: '请拆分查询。', en: 'Split the query.' },
  },
  COST_OVER_LIMIT: {
    status: 400,
    logLevel: 'info',
    zh: '这项操作的成本超过上限（见 cost 与 limit）。',
    en: "The operation costs more than it may (see 'cost' and 'limit').",
    remedy: { zh: '请减少列表的条数或层数，或拆分操作。', en: 'Ask for shorter lists or fewer levels, or split the operation.' },
  },
  DOCUMENT_NOT_TRUSTED: {
    status: 403,
    logLevel: 'info',
    zh: '这里只接受登记过的文档。',
    en: 'Only registered documents are accepted here.',
    remedy: { zh: '请用 documentId 调用登记过的文档，或先登录。', en: 'Send the documentId of a registered document, or sign in.' },
  },
  PERSISTED_DOCUMENT_NOT_FOUND: {
    status: 404,
    logLevel: 'info',
    zh: '没有登记过这个文档。',
    en: 'No document is registered under this id.',
    remedy: { zh: '请检查 documentId，或先登记文档。', en: 'Check the documentId, or register the document first.' },
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 404,
    logLevel: 'info',
    zh: '缓存中没有这个查询。',
    en: 'The query is not in the cache.',
    remedy: { zh: '请连同全文再发送一次。', en: 'Send it once more with its text.' },
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    status: 400,
    logLevel: 'info',
    zh: '这里不提供自动持久化查询。',
    en: 'Automatic persisted queries are not offered here.',
    remedy: { zh: '请发送全文或 documentId。', en: 'Send the text or a documentId.' },
  },
  BODY_TOO_LARGE: {
    status: 413,
    logLevel: 'info',
    zh: '请求体过大。',
    en: 'The body is too large.',
    remedy: { zh: '请减小请求。', en: 'Send less at once.' },
  },
  NOT_ACCEPTABLE: {
    status: 406,
    logLevel: 'info',
    zh: '不支持所要求的格式。',
    en: 'The requested media type is not offered.',
    remedy: { zh: '请接受 application/graphql-response+json。', en: 'Accept application/graphql-response+json.' },
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    logLevel: 'info',
    zh: '不支持这种方法。',
    en: 'The method is not allowed here.',
    remedy: { zh: '请使用 POST；查询也可以用 GET。', en: 'Use POST; queries may use GET.' },
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    logLevel: 'info',
    zh: '不支持这种内容类型。',
    en: 'The content type is not supported.',
    remedy: { zh: '请发送 application/json（UTF-8）。', en: 'Send application/json in UTF-8.' },
  },
  ASSERTION_REFUSED: {
    status: 401,
    logLevel: 'warn',
    zh: '缺少有效的枢纽断言。',
    en: 'A valid hub assertion is missing.',
    remedy: { zh: '请通过网关访问。', en: 'Call through the gateway.' },
  },
  PARTY_UNAVAILABLE: {
    status: 503,
    logLevel: 'warn',
    zh: '这一方暂时无法访问；其余内容不受影响。',
    en: 'This party cannot be reached now; everything else is unaffected.',
    remedy: { zh: '请稍后再试。', en: 'Try again later.' },
  },
  DEADLINE_EXCEEDED: {
    status: 504,
    logLevel: 'warn',
    zh: '超过时限。',
    en: 'The time limit was exceeded.',
    remedy: { zh: '请缩小查询或稍后再试。', en: 'Ask for less, or try again later.' },
  },
  OVERLOADED: {
    status: 503,
    logLevel: 'warn',
    zh: '系统繁忙。',
    en: 'The hub is overloaded.',
    remedy: { zh: '请按 Retry-After 稍后再试。', en: 'Try again after Retry-After.' },
  },
  TOO_MANY_SUBSCRIPTIONS: {
    status: 429,
    logLevel: 'info',
    zh: '同时进行的订阅过多。',
    en: 'Too many subscriptions are open at the same time.',
    remedy: { zh: '请先结束不再需要的订阅。', en: 'End subscriptions that are no longer needed.' },
  },
  SLOW_CONSUMER: {
    status: 408,
    logLevel: 'info',
    zh: '接收方读取过慢，订阅已结束。',
    en: 'The client reads too slowly; the subscription has ended.',
    remedy: { zh: '请重新读取当前状态，再重新订阅。', en: 'Read the present state, then subscribe again.' },
  },
  SUBSCRIPTION_ENDED: {
    status: 503,
    logLevel: 'info',
    zh: '枢纽结束了这个订阅（原因见 reason）。',
    en: 'The hub has ended the subscription; see reason.',
    remedy: { zh: '请重新订阅。', en: 'Subscribe again.' },
  },
  STORAGE: {
    status: 503,
    logLevel: 'error',
    zh: '暂时无法写入。',
    en: 'Nothing can be written now.',
    remedy: { zh: '请稍后用同一 clientKey 再试。', en: 'Try again later with the same clientKey.' },
  },
  INTERNAL: {
    status: 500,
    logLevel: 'error',
    zh: '内部错误，已记录。',
    en: 'An internal error; it has been recorded.',
    remedy: { zh: '请把 traceId 告诉运维人员。', en: 'Give the traceId to the operator.' },
  },
} as const satisfies Record<string, ErrorEntry>

/** Codes of expected refusals: values of the enum `RefusalCode` in every schema. Front-ends translate by code. */
export type RefusalCode = keyof typeof REFUSALS
/** Every code that a caller can meet, as refusal or in `errors[].extensions.code`. */
export type ErrorCode = RefusalCode | keyof typeof FAILURES

/** The one catalogue; `docs/reference/errors.md` is generated from it. */
export const ERROR_CODES: Readonly<Record<ErrorCode, ErrorEntry>> = { ...REFUSALS, ...FAILURES }

/** The refusal codes, in the order of the catalogue. */
export const REFUSAL_CODES = Object.keys(REFUSALS) as readonly RefusalCode[]

/** Whether a text is a code of the catalogue. */
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_CODES, code)
