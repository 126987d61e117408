"""Writes the files of this folder: pip install pyarrow==26.0.1, then python make.py."""
import pyarrow as pa, pyarrow.parquet as pq, datetime as dt, decimal, os
D=decimal.Decimal
out=os.path.join(os.path.dirname(os.path.abspath(__file__)),'')
n=3
us=dt.datetime(2024,2,29,12,30,15,123456)
t=pa.table({
 'bool':pa.array([True,None,False]),
 'i8':pa.array([-128,None,127],pa.int8()),
 'i16':pa.array([-32768,None,32767],pa.int16()),
 'i32':pa.array([-2**31,None,2**31-1],pa.int32()),
 'i64':pa.array([-2**63,None,2**63-1],pa.int64()),
 'u8':pa.array([0,None,255],pa.uint8()),
 'u16':pa.array([0,None,65535],pa.uint16()),
 'u32':pa.array([0,None,2**32-1],pa.uint32()),
 'u64':pa.array([0,None,2**64-1],pa.uint64()),
 'f16':pa.array([1.5,None,-0.25],pa.float16()),
 'f32':pa.array([0.1,None,float('inf')],pa.float32()),
 'f64':pa.array([0.1,None,float('nan')],pa.float64()),
 'dec9':pa.array([D('1234567.89'),None,D('-0.01')],pa.decimal128(9,2)),
 'dec38':pa.array([D('9'*28+'.'+'9'*10),None,D('-1')],pa.decimal128(38,10)),
 'dec50':pa.array([D('1'*47+'.123'),None,D('-2.5')],pa.decimal256(50,3)),
 'text':pa.array(['grün',None,'']),
 'large':pa.array(['a',None,'bc'],pa.large_string()),
 'category':pa.array(['x',None,'x']).dictionary_encode(),
 'binary':pa.array([b'\x00\xff',None,b''],pa.binary()),
 'fixed':pa.array([b'\x01\x02\x03',None,b'abc'],pa.binary(3)),
 'date':pa.array([dt.date(1969,12,31),None,dt.date(2024,2,29)],pa.date32()),
 'ts_s':pa.array([us.replace(microsecond=0),None,dt.datetime(1969,12,31,23,59,59)],pa.timestamp('s')),
 'ts_ms':pa.array([us.replace(microsecond=123000),None,dt.datetime(1969,12,31,23,59,59)],pa.timestamp('ms')),
 'ts_us':pa.array([us,None,dt.datetime(1969,12,31,23,59,59)],pa.timestamp('us')),
 'ts_ns':pa.array([1709209815123456789,None,-1],pa.timestamp('ns')),
 'ts_zoned':pa.array([us,None,us],pa.timestamp('us',tz='Europe/Berlin')),
 'time32':pa.array([dt.time(1,2,3,4000),None,dt.time(0)],pa.time32('ms')),
 'time64_us':pa.array([dt.time(23,59,59,999999),None,dt.time(0)],pa.time64('us')),
 'time64_ns':pa.array([1999,None,0],pa.time64('ns')),
 'nothing':pa.nulls(3),
 'struct':pa.array([{'a':1,'b':{'c':'x'}},None,{'a':None,'b':None}],pa.struct([('a',pa.int32()),('b',pa.struct([('c',pa.string())]))])),
 'list':pa.array([[1,None,3],None,[]],pa.list_(pa.int64())),
 'list_of_struct':pa.array([[{'d':dt.date(2024,2,29),'t':'a"b'}],None,[None]],pa.list_(pa.struct([('d',pa.date32()),('t',pa.string())]))),
 'map':pa.array([[('k',1.5),('l',None)],None,[]],pa.map_(pa.string(),pa.float64())),
})
pq.write_table(t,out+'types.parquet',compression='none',store_schema=False,write_statistics=False)
ext=t.append_column('duration',pa.array([dt.timedelta(seconds=1),None,dt.timedelta(days=-1)],pa.duration('ms')))
ext=ext.append_column('month_day_nano',pa.array([pa.scalar((14,3,1500000000),pa.month_day_nano_interval()).as_py(),None,(0,0,0)],pa.month_day_nano_interval()))
ext=ext.append_column('date64',pa.array([dt.date(1969,12,31),None,dt.date(2024,2,29)],pa.date64()))
ext=ext.append_column('view',pa.array(['short',None,'longer than twelve bytes'],pa.string_view()))
ext=ext.append_column('fixed_list',pa.array([[1,2],None,[3,None]],pa.list_(pa.int8(),2)))
ext=ext.append_column('runs',pa.RunEndEncodedArray.from_arrays(pa.array([2,3],pa.int32()),pa.array(['r',None])))
ext=ext.append_column('union',pa.UnionArray.from_dense(pa.array([0,1,0],pa.int8()),pa.array([0,0,1],pa.int32()),[pa.array([1,2]),pa.array(['u'])]))
ext=ext.append_column('far',pa.array([2**62,None,0],pa.timestamp('s')))
with pa.OSFile(out+'types.arrow','wb') as f:
    with pa.ipc.new_file(f,ext.schema) as w: w.write_table(ext)
s=pa.table({'n':pa.array(range(300),pa.int32()),'word':pa.array([['red','green','blue',None][i%4] for i in range(300)]).dictionary_encode(),'l':pa.array([[i]*(i%3) for i in range(300)])})
for name,codec in [('stream-lz4','lz4'),('stream-zstd','zstd')]:
    with pa.OSFile(out+name+'.arrows','wb') as f:
        with pa.ipc.new_stream(f,s.schema,options=pa.ipc.IpcWriteOptions(compression=codec)) as w: w.write_table(s,max_chunksize=100)
cod={'none':'none','snappy':'snappy','gzip':'gzip','zstd':'zstd','lz4':'lz4'}
N=400
c=pa.table({k:pa.array([None if i%7==0 else f'{k} {i%5}' for i in range(N)]) for k in cod}|{k+'_n':pa.array([i*i for i in range(N)]) for k in cod})
pq.write_table(c,out+'codecs.parquet',compression={**cod,**{k+'_n':v for k,v in cod.items()}},row_group_size=100,store_schema=False,write_statistics=False)
pq.write_table(c.select(['none']).slice(0,9),out+'brotli.parquet',compression='brotli',store_schema=False)
e=pa.table({'delta':pa.array([None if i%5==0 else i*3-200 for i in range(N)]),'text':pa.array([f'prefix-{i//3}' for i in range(N)]),'lengths':pa.array(['ab'*(i%4) for i in range(N)]),'split':pa.array([i/8 for i in range(N)]),'flag':pa.array([i%3==0 for i in range(N)]),'list':pa.array([[i]*(i%3) for i in range(N)])})
pq.write_table(e,out+'encodings.parquet',compression='none',data_page_version='2.0',use_dictionary=False,store_schema=False,write_statistics=False,data_page_size=1000,
  column_encoding={'delta':'DELTA_BINARY_PACKED','text':'DELTA_BYTE_ARRAY','lengths':'DELTA_LENGTH_BYTE_ARRAY','split':'BYTE_STREAM_SPLIT','flag':'RLE','list.list.element':'PLAIN'})
pq.write_table(c.slice(0,0),out+'empty.parquet',store_schema=False)
old=pa.table({'ts':pa.array([us,None,dt.datetime(9999,12,31)],pa.timestamp('us'))})
pq.write_table(old,out+'int96.parquet',use_deprecated_int96_timestamps=True,store_schema=False)

