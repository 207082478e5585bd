import { topic, type Topic } from './topic.js'

const safety = ['GOVERNMENT', 'SAFETY'] as const
const culture = ['GOVERNMENT', 'CULTURE'] as const
const economy = ['GOVERNMENT', 'ECONOMY'] as const
const party = ['GOVERNMENT', 'PARTY'] as const
const committeeSafety = ['COMMITTEE', 'SAFETY'] as const
const committeeParty = ['COMMITTEE', 'PARTY'] as const
const teamCulture = ['NONPROFIT', 'CULTURE'] as const

/** What people write about safety, neighbours, culture, markets and the offices themselves. */
export const orderTopics: readonly Topic[] = [
  topic(
    'stray-dogs',
    safety,
    ['COOPERATIVE', 7, 'WORKING'],
    ['流浪狗,追人,犬只', 'stray dogs,chase,leash'],
    [
      ['流浪狗成群，早上追人', 'stray dogs chase people in the morning'],
      ['流浪狗和不拴绳的犬只吓到孩子', 'stray dogs and dogs without a leash frighten children'],
    ],
  ),
  topic(
    'fire-lane',
    safety,
    ['BASIC', 5, 'CALENDAR'],
    ['消防通道,占用,堵住', 'fire lane,occupied,obstructed'],
    [
      ['消防通道被占用，很危险', 'the fire lane is occupied, that is dangerous'],
      ['私家车堵住消防通道', 'private cars keep the fire lane obstructed'],
    ],
  ),
  topic(
    'ebike',
    safety,
    ['BASIC', 7, 'CALENDAR'],
    ['电动车,飞线充电,上楼', 'e-bike,flying wires,upstairs'],
    [
      ['电动车飞线充电，怕起火', 'e-bike charging by flying wires may cause fire'],
      ['有人推电动车上楼充电', 'somebody takes an e-bike upstairs to charge'],
    ],
  ),
  topic(
    'crossing',
    safety,
    ['TAKEN_BACK', 60, 'WORKING'],
    ['斑马线,红绿灯,路口', 'zebra crossing,traffic light,junction'],
    [
      ['路口没有斑马线，孩子过街危险', 'the junction has no zebra crossing for children'],
      ['斑马线处红绿灯时间太短，老人走不完', 'at the zebra crossing the traffic light is too short for the aged'],
    ],
  ),
  topic(
    'patrol',
    safety,
    ['BASIC', 10, 'WORKING'],
    ['巡逻,治安,夜里', 'patrol,safety,late hours'],
    [
      ['小区治安一般，希望增加巡逻', 'safety is fair only, more patrol please'],
      ['夜里没有巡逻，车棚丢过东西', 'no patrol in the late hours, things were lost from the shed'],
    ],
  ),
  topic(
    'fraud',
    safety,
    ['COOPERATIVE', 10, 'WORKING'],
    ['反诈,推销,保健品', 'anti-fraud,sales talk,health products'],
    [
      ['有人上门推销保健品，老人容易受骗，请做反诈', 'door-to-door sales talk for health products cheats the aged'],
      ['希望多办反诈讲解，推销电话太多', 'more anti-fraud lessons please, too much sales talk by phone'],
    ],
  ),
  topic(
    'neighbours',
    committeeSafety,
    ['BASIC', 15, 'WORKING'],
    ['邻里,纠纷,调解', 'neighbours,quarrel,mediate'],
    [
      ['楼上楼下邻里纠纷，请社区调解', 'a quarrel between neighbours, please mediate'],
      ['因为空调外机起了邻里纠纷', 'neighbours had a quarrel over an air conditioner'],
    ],
  ),
  topic(
    'dog-waste',
    committeeSafety,
    ['BASIC', 7, 'WORKING'],
    ['遛狗,粪便,草坪', 'dog walking,droppings,lawn'],
    [
      ['遛狗不清理粪便，草坪没法坐', 'after dog walking the droppings stay on the lawn'],
      ['希望设遛狗专区，草坪留给孩子', 'a place for dog walking would leave the lawn to children'],
    ],
  ),
  topic(
    'notice-board',
    committeeParty,
    ['BASIC', 10, 'WORKING'],
    ['公示栏,公开,更新', 'notice board,published,updated'],
    [
      ['公示栏半年没更新了', 'the notice board was not updated for half a year'],
      ['经费使用应在公示栏公开', 'spending should be published on the notice board'],
    ],
  ),
  topic(
    'residents-meeting',
    committeeParty,
    ['BASIC', 15, 'WORKING'],
    ['居民议事,开会,意见征集', 'residents meeting,agenda,opinions'],
    [
      ['居民议事会应该晚上开会，上班的人才能来', 'the residents meeting should set its agenda for the evening'],
      ['改造方案请先办居民议事和意见征集', 'hold a residents meeting and gather opinions before the works'],
    ],
  ),
  topic(
    'service-hall',
    party,
    ['BASIC', 10, 'WORKING'],
    ['办事大厅,窗口,排队', 'service hall,counter,queue'],
    [
      ['办事大厅只开一个窗口，排队太久', 'the service hall opens one counter only, the queue is long'],
      ['办事大厅窗口中午不办公', 'no counter of the service hall is open at noon'],
    ],
  ),
  topic(
    'feedback',
    party,
    ['BASIC', 15, 'WORKING'],
    ['心情日记,回复,反映', 'mood diary,reply,reported'],
    [
      ['上次写在心情日记里的问题没有回复', 'no reply to what I wrote in the mood diary'],
      ['多次反映，心情日记希望写明时限', 'reported many times, the mood diary should state a limit'],
    ],
  ),
  topic(
    'market',
    economy,
    ['COOPERATIVE', 15, 'WORKING'],
    ['菜市场,缺斤少两,价格', 'vegetable market,short weight,prices'],
    [
      ['菜市场有摊位缺斤少两', 'a stand in the vegetable market gives short weight'],
      ['菜市场价格不标，建议公示', 'prices are not shown in the vegetable market'],
    ],
  ),
  topic(
    'shop-licence',
    economy,
    ['TAKEN_BACK', 20, 'WORKING'],
    ['营业执照,小店,办理', 'business licence,small shop,renew'],
    [
      ['小店营业执照怎么变更', 'how does a small shop change its business licence'],
      ['办理营业执照跑了三趟', 'three trips to renew a business licence'],
    ],
  ),
  topic(
    'library',
    culture,
    ['BASIC', 15, 'WORKING'],
    ['图书室,借书,开放', 'reading room,borrow books,opening hours'],
    [
      ['图书室周末不开放', 'the opening hours of the reading room leave out weekends'],
      ['图书室书太旧，借书的人少', 'few people borrow books as the reading room is dated'],
    ],
  ),
  topic(
    'square-dance',
    culture,
    ['BASIC', 10, 'WORKING'],
    ['广场舞,音响,场地', 'square dance,loudspeaker,venue'],
    [
      ['广场舞音响太大，影响孩子写作业', 'the square dance loudspeaker disturbs homework'],
      ['广场舞场地不够，两队抢地方', 'two square dance teams compete for one venue'],
    ],
  ),
  topic(
    'arts-class',
    teamCulture,
    ['BASIC', 20, 'WORKING'],
    ['书画班,合唱,老师', 'painting class,choir,teacher'],
    [
      ['书画班名额少，希望再请一位老师', 'the painting class is full, another teacher please'],
      ['想在社区办合唱队和书画班', 'we want a choir and a painting class here'],
    ],
  ),
  topic(
    'sports-ground',
    culture,
    ['BASIC', 60, 'WORKING'],
    ['球场,篮球架,开放时间', 'sports ground,basketball hoop,evening light'],
    [
      ['球场篮球架歪了', 'the basketball hoop of the sports ground is bent'],
      ['球场开放时间太短', 'the sports ground has no evening light, it closes too soon'],
    ],
  ),
]
