"""Chinese names: the family name first, given names of one or two characters, pinyin in handles."""

from creatorgraph.synth.culture.culture import Culture

CHINESE = Culture(
    language="zh",
    share=0.05,
    given="""
        伟=Wei 芳=Fang 娜=Na 敏=Min 静=Jing 丽=Li 强=Qiang 磊=Lei 军=Jun 洋=Yang 勇=Yong 艳=Yan 杰=Jie 娟=Juan 涛=Tao 明=Ming
        超=Chao 秀=Xiu 霞=Xia 平=Ping 刚=Gang 桂=Gui 英=Ying 华=Hua 文=Wen 婷=Ting 鑫=Xin 宇=Yu 浩=Hao 然=Ran 子=Zi 轩=Xuan
        欣=Xin 怡=Yi 佳=Jia 琪=Qi 梦=Meng 雪=Xue 晨=Chen 思=Si 嘉=Jia 博=Bo 俊=Jun 雨=Yu 萱=Xuan 天=Tian 泽=Ze 诗=Shi 涵=Han
        语=Yu 彤=Tong 睿=Rui 可=Ke 心=Xin 若=Ruo 曦=Xi 航=Hang 凯=Kai 峰=Feng 龙=Long 慧=Hui 玲=Ling 瑶=Yao
    """,
    family="""
        王=Wang 李=Li 张=Zhang 刘=Liu 陈=Chen 杨=Yang 黄=Huang 赵=Zhao 吴=Wu 周=Zhou 徐=Xu 孙=Sun 马=Ma 朱=Zhu 胡=Hu 郭=Guo
        何=He 林=Lin 高=Gao 罗=Luo 郑=Zheng 梁=Liang 谢=Xie 宋=Song 唐=Tang 许=Xu 韩=Han 邓=Deng 冯=Feng 曹=Cao 彭=Peng
        曾=Zeng 肖=Xiao 田=Tian 董=Dong 潘=Pan 袁=Yuan 蔡=Cai 蒋=Jiang 余=Yu 于=Yu 杜=Du 叶=Ye 程=Cheng 魏=Wei 苏=Su 吕=Lu
        丁=Ding 沈=Shen 任=Ren 姚=Yao 卢=Lu 傅=Fu 钟=Zhong 姜=Jiang 崔=Cui 谭=Tan 廖=Liao 范=Fan 汪=Wang 陆=Lu 金=Jin 石=Shi
        欧阳=Ouyang 上官=Shangguan 司马=Sima
    """,
    places="""
        北京=Beijing 上海=Shanghai 广州=Guangzhou 深圳=Shenzhen 成都=Chengdu 杭州=Hangzhou 武汉=Wuhan 西安=Xian 南京=Nanjing
        重庆=Chongqing 苏州=Suzhou 厦门=Xiamen 台北=Taipei 香港=Hong_Kong 新加坡=Singapore 青岛=Qingdao
    """,
    native_script=0.5,
    compound_given=0.82,
    family_first=True,
    middle=0.0,
)
