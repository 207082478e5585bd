import type { ForbiddenKind } from './numbers.js'

// Who a sentence speaks of. A common family name with one to three characters stands for a person, so does 某.
const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'
const KIN = '爱人|丈夫|妻子|老公|老婆|父亲|母亲|爸爸|妈妈|儿子|女儿|爷爷|奶奶'
const WHO_ZH = `(?:我|本人|他|她|其|此人|邻居|对门|楼上|楼下|${KIN}|房东|租客|租户|户主|业主|住户|[老小]?[${SURNAMES}][\\u4e00-\\u9fff]{1,3}|[老小][${SURNAMES}])`
const MAYBE_ZH = '(?:们|家|一家|全家)?(?:也|就|都|还|又|以前|曾经|原来|其实|可能|确实|一直)?'
const IS_ZH = '不?(?:是|系|为|属于|属|曾是)(?:一名|一个|一位|名|个|位)?'

const WHO_EN = `\\b(?:i|he|she|they|we|who|(?:my|his|her|the|our) (?:neighbou?r|husband|wife|father|mother|son|daughter|landlord|tenant)|(?:mr|mrs|ms)\\.? [a-z]+)`
const IS_EN = `(?: (?:is|am|are|was|were)|['’](?:s|m|re))(?: not)?(?: an?| the)?`

const GROUPS =
  '汉|回|藏|满|壮|苗|彝|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布依|布朗|朝鲜|蒙古?|维吾尔|维|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺'
const FAITHS_ZH = '佛教?(?!山)|道教|基督教?|天主教?|耶稣|伊斯兰教?|真主|东正教|教(?![育师室学练程材])|法轮功'
const BELIEVERS_ZH = '佛教徒|道教徒|基督徒|基督教徒|天主教徒|穆斯林|教徒|信徒|居士|法轮功'

const zh = (predicate: string): RegExp => new RegExp(`${WHO_ZH}${MAYBE_ZH}${predicate}`, 'g')
const en = (predicate: string): RegExp => new RegExp(`${WHO_EN}${predicate}`, 'gi')

/** Statements about a person that are refused: a person, then the predicate; and the headings of a form filled in. */
export const STATEMENT_RULES: readonly { kind: ForbiddenKind; pattern: RegExp }[] = [
  {
    kind: 'PARTY_MEMBERSHIP',
    pattern: zh(
      `${IS_ZH}(?:老|新|退休|预备|入党积极分子|中共|共产党|中国共产党|民主党派|民盟|民革)*(?:党员|团员|入党积极分子)(?!活动|服务|志愿|之家|中心|教育|学习|群众)`,
    ),
  },
  { kind: 'PARTY_MEMBERSHIP', pattern: zh('(?:没有?)?(?:加入|退出)(?:了|过)?(?:中共|共产党|中国共产党|民主党派|共青团)') },
  { kind: 'PARTY_MEMBERSHIP', pattern: /政治面貌\s*[:：是为]\s*\S/g },
  { kind: 'PARTY_MEMBERSHIP', pattern: en(`(?:${IS_EN}(?: communist| [a-z]+)? party member\\b|${IS_EN} members? of the [a-z]+ party\\b)`) },
  { kind: 'FAITH', pattern: zh(`不?(?:信仰|信奉|皈依|信)了?(?:${FAITHS_ZH})`) },
  { kind: 'FAITH', pattern: zh(`${IS_ZH}(?:虔诚的)?(?:${BELIEVERS_ZH})`) },
  { kind: 'FAITH', pattern: /宗教信仰\s*[:：是为]\s*\S/g },
  {
    kind: 'FAITH',
    pattern: en(
      `${IS_EN}(?: devout| practi[cs]ing)? (?:christians?|muslims?|buddhists?|hindus?|jews?|jewish|catholics?|taoists?|atheists?)\\b`,
    ),
  },
  { kind: 'FAITH', pattern: /\breligion\s*[:：]\s*\S/gi },
  { kind: 'ETHNICITY', pattern: zh(`${IS_ZH}(?:${GROUPS})族(?!自治|风情|小学|中学|街|村|乡|广场)`) },
  { kind: 'ETHNICITY', pattern: /(?<!少数)民族\s*[:：]\s*\S/g },
  {
    kind: 'ETHNICITY',
    pattern: en(
      `${IS_EN}(?: ethnic)?(?: han(?: chinese)?| hui| uyghurs?| uighurs?| tibetans?| mongols?| mongolians?| manchus?| zhuang| miao| kazakhs?)\\b`,
    ),
  },
  { kind: 'ETHNICITY', pattern: /\bethnicity\s*[:：]\s*\S/gi },
  { kind: 'POLITICAL_VIEW', pattern: zh('的?政治(?:立场|观点|倾向|态度)') },
  { kind: 'POLITICAL_VIEW', pattern: zh('(?:是|很)?(?:反党|反共|反政府|异见|反动)') },
  { kind: 'POLITICAL_VIEW', pattern: /\b(?:his|her|my|their) political (?:views?|opinions?|leanings?|beliefs?)\b/gi },
  { kind: 'POLITICAL_VIEW', pattern: en(`${IS_EN}(?: political)? dissidents?\\b`) },
  {
    kind: 'CRIMINAL_RECORD',
    pattern: zh(
      '(?:是|有|有过|曾|曾经|被|刚|刚刚)?(?:个|一个|过)?(?:前科|案底|犯罪记录|刑满释放|劳改犯|坐过牢|服过刑|判过刑|吸毒(?:人员|者|史|过)|吸过毒|社区矫正对象)',
    ),
  },
  {
    kind: 'CRIMINAL_RECORD',
    pattern: en(`(?:${IS_EN} (?:ex-?con(?:vict)?|felon|convict|drug addict|junkie)s?\\b| (?:has|have|had) (?:a )?criminal record\\b)`),
  },
  {
    kind: 'HEALTH_LABEL',
    pattern: zh('(?:是|有|患有?|得了?)(?:个|一个|严重)?(?:的)?(?:精神病|神经病|精神分裂|精神障碍|躁郁症|抑郁症|艾滋病)'),
  },
  {
    kind: 'HEALTH_LABEL',
    pattern: en(
      `(?:${IS_EN} (?:schizophrenic|psychotic|psychopath|mentally ill|bipolar)\\b| (?:has|have|had) (?:schizophrenia|aids|hiv|a mental illness|bipolar disorder)\\b)`,
    ),
  },
  { kind: 'PERSON_LABEL', pattern: zh(`${IS_ZH}(?:特殊人群|重点人员|重点人群|上访户|钉子户|刁民|低端人口)`) },
]
