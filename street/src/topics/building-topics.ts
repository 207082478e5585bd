import { topic, type Topic } from './topic.js'

const office = ['GOVERNMENT', 'BUILD'] as const
const committee = ['COMMITTEE', 'BUILD'] as const

/** What people write about houses, shared installations and the life of a building. */
export const buildingTopics: readonly Topic[] = [
  topic(
    'elevator',
    office,
    ['COOPERATIVE', 60, 'WORKING'],
    ['电梯,故障,停运', 'elevator,out of order,stuck'],
    [
      ['电梯经常故障，上周又停运两天', 'the elevator was out of order again for two days'],
      ['电梯故障，把人关了十分钟', 'the elevator was stuck for ten minutes with people inside'],
    ],
  ),
  topic(
    'elevator-addition',
    office,
    ['COOPERATIVE', 60, 'WORKING'],
    ['加装,老楼,爬楼', 'extra lift,old block,stairs'],
    [
      ['老楼没有电梯间，想申请加装，老人爬楼太累', 'our old block wants an extra lift, the stairs are too much for the aged'],
      ['加装的事几户意见不一，老楼等了很久', 'neighbours of the old block disagree on the extra lift'],
    ],
  ),
  topic(
    'leak',
    office,
    ['BASIC', 45, 'WORKING'],
    ['渗水,外墙,漏水', 'seepage,outer wall,leaking'],
    [
      ['外墙渗水，卧室墙皮脱落', 'seepage through the outer wall, the plaster falls'],
      ['屋面漏水，顶楼渗水严重', 'the roof is leaking, seepage on the top floor is bad'],
    ],
  ),
  topic(
    'water-pipe',
    office,
    ['COOPERATIVE', 7, 'CALENDAR'],
    ['水管,停水,水压', 'water pipe,no water,pressure'],
    [
      ['水管老化，水压太小洗不了澡', 'the water pipe is old and the pressure too low to shower'],
      ['水管爆了，整栋停水', 'a water pipe burst and the whole block has no water'],
    ],
  ),
  topic(
    'gas',
    office,
    ['TAKEN_BACK', 5, 'CALENDAR'],
    ['燃气,管道,气味', 'gas,pipeline,odour'],
    [
      ['楼道燃气管道锈蚀，请检测', 'the gas pipeline in the stairwell is rusty'],
      ['厨房外有燃气气味，老人担心', 'a gas odour outside the kitchen worries the aged'],
    ],
  ),
  topic(
    'fitness',
    office,
    ['BASIC', 20, 'WORKING'],
    ['健身器材,损坏,锻炼', 'fitness equipment,damaged,exercise'],
    [
      ['健身器材损坏，怕老人受伤', 'the fitness equipment is damaged and the aged may be hurt'],
      ['小广场缺健身器材，锻炼的人多', 'the small square needs fitness equipment, many people exercise there'],
    ],
  ),
  topic(
    'renovation',
    office,
    ['COOPERATIVE', 60, 'WORKING'],
    ['老旧小区改造,外立面,管网', 'old estate renewal,facade,mains'],
    [
      ['老旧小区改造什么时候轮到我们，管网都老化了', 'when is our turn in the old estate renewal, the mains are worn'],
      ['老旧小区改造后外立面有裂缝', 'after the old estate renewal the facade has cracks'],
    ],
  ),
  topic(
    'barrier-free',
    office,
    ['BASIC', 45, 'WORKING'],
    ['无障碍,坡道,扶手', 'barrier-free,ramp,handrail'],
    [
      ['单元门口没有无障碍坡道，轮椅下不去', 'no barrier-free ramp at the entrance for a wheelchair'],
      ['台阶没有扶手，希望做无障碍改造', 'the steps have no handrail, please make them barrier-free'],
    ],
  ),
  topic(
    'charging-pile',
    office,
    ['COOPERATIVE', 45, 'WORKING'],
    ['充电桩,新能源,安装', 'charging pile,electric car,install'],
    [
      ['充电桩太少，新能源车排队', 'too few charging pile places for an electric car'],
      ['申请安装充电桩一直没答复', 'I asked to install a charging pile and got no answer'],
    ],
  ),
  topic(
    'property',
    office,
    ['BASIC', 20, 'WORKING'],
    ['物业,收费,服务差', 'property company,fees,service'],
    [
      ['物业服务差，收费却涨了', 'the property company raised fees while its service got worse'],
      ['物业收费不公示，居民有意见', 'the property company does not publish its fees'],
    ],
  ),
  topic(
    'stairwell',
    committee,
    ['BASIC', 7, 'WORKING'],
    ['楼道,堆物,杂物', 'stairwell,clutter,piled'],
    [
      ['楼道堆物多，走路要侧身', 'clutter in the stairwell, one has to walk sideways'],
      ['楼道里杂物没人清，堆了半年', 'things piled in the stairwell for half a year'],
    ],
  ),
  topic(
    'stair-lamp',
    committee,
    ['BASIC', 5, 'WORKING'],
    ['声控灯,灯泡,楼梯间', 'hall light,bulb,staircase'],
    [
      ['楼梯间声控灯坏了，晚上看不清', 'the hall light of the staircase is broken'],
      ['声控灯灯泡烧了，请换一个', 'the bulb of the hall light is burnt out'],
    ],
  ),
  topic(
    'entrance-door',
    committee,
    ['BASIC', 7, 'WORKING'],
    ['单元门,门锁,门禁', 'entrance door,lock,door closer'],
    [
      ['单元门关不上，门锁坏了', 'the entrance door does not shut, the lock is broken'],
      ['单元门门禁失灵，谁都能进', 'the lock of the entrance door fails and anybody can enter'],
    ],
  ),
  topic(
    'drying',
    committee,
    ['BASIC', 10, 'WORKING'],
    ['晾晒,衣架,公共晾衣', 'drying,clothes rack,laundry'],
    [
      ['小院没有地方晾晒，想装几排衣架', 'no place for drying in the yard, a clothes rack would help'],
      ['绿地上晾晒衣被不好看，能否设公共晾衣区', 'laundry on the lawn looks bad, a place for drying is needed'],
    ],
  ),
]
